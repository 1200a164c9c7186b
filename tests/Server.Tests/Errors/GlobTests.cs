using Tocsin.Server.Errors;

namespace Server.Tests.Errors;

public class GlobTests
{
    [Theory]
    [InlineData("*", "anything/at all", true)]
    [InlineData("Type*", "TypeError", true)]
    [InlineData("type*", "TypeError", false)]
    [InlineData("*chunk * failed*", "Loading chunk 7 failed.", true)]
    [InlineData("*chunk * failed*", "Loading chunk failed.", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("v[0-9].*", "v3.1", true)]
    [InlineData("v[!0-9]*", "v3.1", false)]
    [InlineData("[]]", "]", true)]
    [InlineData("a[b", "a[b", true)]
    [InlineData("", "", true)]
    [InlineData("", "x", false)]
    [InlineData("ab*ab", "ab", false)]
    public void A_text_glob_matches_the_whole_text(string pattern, string text, bool matches) =>
        Glob.Text(pattern).Matches(text).ShouldBe(matches);

    [Theory]
    [InlineData("**/node_modules/**", "/srv/app/node_modules/x/y.js", true)]
    [InlineData("**/node_modules/**", "/node_modules/x.js", true)]
    [InlineData("/srv/*/main.py", "/srv/app/main.py", true)]
    [InlineData("/srv/*/main.py", "/srv/app/deep/main.py", false)]
    [InlineData("/srv/**/main.py", "/srv/app/deep/main.py", true)]
    [InlineData(@"C:\Windows\*", "c:/windows/x.dll", true)]
    public void In_a_path_one_star_stops_at_a_slash_and_two_do_not(string pattern, string path, bool matches) =>
        Glob.Path(pattern).Matches(path).ShouldBe(matches);

    [Fact]
    public void Case_counts_unless_it_is_said_not_to() =>
        Glob.Text("shop@2.*", ignoreCase: true).Matches("SHOP@2.1").ShouldBeTrue();
}
