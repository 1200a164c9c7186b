namespace Server.Tests.Traces.Detectors;

public sealed class MainThreadWorkTests
{
    const string Files = "performance_file_io_main_thread";
    const string Queries = "performance_db_main_thread";

    [Theory]
    [InlineData(Files, "reading", "1 20 file.read settings.json {blocked_main_thread=true}")]
    [InlineData(Files, "writing", "1 16 file.write 1.txt (4.0 kB) {blocked_main_thread=true}")]
    [InlineData(Files, "Android", "1 40 file.read /data/user/0/shop/files/cart_31337.bin {blocked_main_thread=true}")]
    [InlineData(
        Files,
        "several that run into each other",
        "x4 1 5 file.read a.json {blocked_main_thread=true}\n  1 21 file.read b.json {blocked_main_thread=true}"
    )]
    [InlineData(Files, "deleting", "1 30 file.delete old.log {blocked_main_thread=true}")]
    [InlineData(Files, "Flutter", "1 30 file.copy a.db {blocked_main_thread=true}")]
    [InlineData(Files, "below a view", "1 300 ui.load CartActivity\n    2 20 file.read a.xml {blocked_main_thread=true}")]
    [InlineData(Files, "a picture", "1 120 file.read product_1234.png {blocked_main_thread=true}")]
    [InlineData(Queries, "SQLite", "1 20 db.sql.query SELECT * FROM carts {blocked_main_thread=true}")]
    [InlineData(Queries, "Room", "1 35 db.sql.room INSERT INTO carts VALUES (?) {blocked_main_thread=true}")]
    [InlineData(Queries, "Core Data", "1 90 db.sql.query SELECT 'Cart' {blocked_main_thread=true}")]
    public void Work_on_the_thread_that_draws_is_found(string type, string what, string spans) =>
        Find(type, spans).ShouldHaveSingleItem(what);

    [Theory]
    [InlineData(Files, "in the background", "1 200 file.read a.json {blocked_main_thread=false}")]
    [InlineData(Files, "nothing said", "1 200 file.read a.json")]
    [InlineData(Files, "within a frame", "1 15 file.read a.json {blocked_main_thread=true}")]
    [InlineData(Files, "short ones with rests", "x9 1 5 file.read a.json {blocked_main_thread=true}")]
    [InlineData(Files, "a nib", "1 50 file.read Main.nib {blocked_main_thread=true}")]
    [InlineData(Files, "a property list", "1 50 file.read Info.plist {blocked_main_thread=true}")]
    [InlineData(Files, "a storyboard", "1 50 file.read Main.storyboardc {blocked_main_thread=true}")]
    [InlineData(Files, "a call", "1 50 http.client GET /a.json {blocked_main_thread=true}")]
    [InlineData(Queries, "in the background", "1 200 db.sql.query SELECT 1 {blocked_main_thread=false}")]
    [InlineData(Queries, "within a frame", "1 15 db.sql.query SELECT 1 {blocked_main_thread=true}")]
    [InlineData(Queries, "a server's", "1 200 db SELECT 1")]
    public void Other_work_is_not(string type, string what, string spans) => Find(type, spans).ShouldBeEmpty(what);

    static IEnumerable<Tocsin.Server.Traces.Detectors.Problem> Find(string type, string spans) =>
        SpanShape.Problems("0 1000 ui.load MainActivity\n  " + spans).Where(problem => problem.Kind.Type == type);
}
