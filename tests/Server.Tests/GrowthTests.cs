namespace Server.Tests;

[Collection(Growth.Alone)]
public class GrowthTests
{
    [Fact]
    public void Quadratic_work_is_reported() =>
        Should.Throw<ShouldAssertException>(() => Growth.IsLinear(size => new string('a', size / 256), Quadratic));

    static int Quadratic(string text)
    {
        var pairs = 0;
        for (var i = 0; i < text.Length; i++)
        {
            for (var j = 0; j < text.Length; j++)
            {
                pairs += text[i] == text[j] ? 1 : 0;
            }
        }
        return pairs;
    }
}
