using Tocsin.Server.Traces.Groups;

namespace Server.Tests.Traces.Groups;

/// <summary>Files of two builds, as bundlers name them.</summary>
public sealed class FileShapeTests
{
    [Theory]
    [InlineData("webpack", "/static/js/app.3f9a1c2b.js", "/static/js/app.b81d07ee.js", "/static/js/app.*.js")]
    [InlineData(
        "webpack, twenty digits",
        "/js/main.3f9a1c2b3f9a1c2b3f9a.js",
        "/js/main.0a1b2c3d4e5f60718293.js",
        "/js/main.*.js"
    )]
    [InlineData("esbuild", "/chunk-ABCD1234.js", "/chunk-2KDTVA6N.js", "/chunk-*.js")]
    [InlineData("esbuild, letters only", "/chunk-QWERTYUI.js", "/chunk-2KDTVA6N.js", "/chunk-*.js")]
    [InlineData("Vite", "/assets/main-DzFq8x2K.js", "/assets/main-BfT3kLq0.js", "/assets/main-*.js")]
    [InlineData("Vite, letters only", "/assets/main-DzFqKxPb.js", "/assets/main-kXqTzWvR.js", "/assets/main-*.js")]
    [InlineData("Vite, with a dash in it", "/assets/index-B-x9_aQ2.css", "/assets/index-DzFq8x2K.css", "/assets/index-*.css")]
    [InlineData("a map", "/assets/main-DzFq8x2K.js.map", "/assets/main-BfT3kLq0.js.map", "/assets/main-*.js.map")]
    [InlineData("a small one", "/assets/main-DzFq8x2K.min.js", "/assets/main-BfT3kLq0.min.js", "/assets/main-*.min.js")]
    [InlineData("a font", "/assets/inter-DzFq8x2K.woff2", "/assets/inter-BfT3kLq0.woff2", "/assets/inter-*.woff2")]
    [InlineData(
        "several words",
        "/assets/user-profile-DzFq8x2K.js",
        "/assets/user-profile-BfT3kLq0.js",
        "/assets/user-profile-*.js"
    )]
    [InlineData("a dot before it", "/assets/app.DzFq8x2K.js", "/assets/app.BfT3kLq0.js", "/assets/app.*.js")]
    [InlineData("longer", "/assets/app.aB3dE5fG7h.js", "/assets/app.zY9xW7vU5t.js", "/assets/app.*.js")]
    [InlineData("a query", "/assets/app.js?v=17", "/assets/app.js?v=18#x", "/assets/app.js")]
    [InlineData(
        "Next.js, its build",
        "/_next/static/k3JxPq-_aaTTzzQw12_Zx/_buildManifest.js",
        "/_next/static/development-1/_buildManifest.js",
        "/_next/static/*/_buildManifest.js"
    )]
    [InlineData(
        "Next.js, a page",
        "/_next/static/chunks/pages/index-3f9a1c2b3f9a1c2b.js",
        "/_next/static/chunks/pages/index-0a1b2c3d4e5f6071.js",
        "/_next/static/chunks/pages/index-*.js"
    )]
    [InlineData(
        "a host",
        "https://cdn.example/a/main-DzFq8x2K.js",
        "https://cdn.example/a/main-BfT3kLq0.js?x",
        "cdn.example/a/main-*.js"
    )]
    public void The_files_of_two_builds_are_one_group(string what, string first, string second, string name)
    {
        NameOf(first).ShouldBe(name, what);
        NameOf(second).ShouldBe(name, what);
    }

    [Theory]
    [InlineData("/js/vue-composer.js")]
    [InlineData("/js/DataGrid.js")]
    [InlineData("/js/ag-DataGrid.js")]
    [InlineData("/js/vendor-base64js.js")]
    [InlineData("/js/jquery-html5shiv.js")]
    [InlineData("/js/foo-bar-bazz.js")]
    [InlineData("/js/app-v2-chunk.js")]
    [InlineData("/img/hero-overview.webp")]
    [InlineData("/css/theme-midnight.css")]
    [InlineData("/_next/static/chunks/framework.js")]
    [InlineData("/_next/static/css/app.css")]
    [InlineData("/composer/DzFq8x2K")]
    [InlineData("/js/jquery.validate.min.js")]
    public void Words_that_look_like_a_hash_stay(string path) => NameOf(path).ShouldBe(path);

    static string? NameOf(string address) =>
        SpanGrouping
            .Of(
                new()
                {
                    Op = "resource.script",
                    Category = SpanCategory.Of("resource.script"),
                    Description = address,
                }
            )
            .Name;
}
