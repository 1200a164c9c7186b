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
    [InlineData(
        Files,
        "Android, with the name of its thread",
        "1 24 file.write basket.pb (12.3 kB) {blocked_main_thread=true; file.path=/data/user/0/shop/files/basket.pb; thread.name=main}"
    )]
    [InlineData(
        Files,
        "Cocoa, where a view controller loads",
        "1 300 ui.load CartViewController\n    5 200 ui.load viewDidLoad\n      9 45 file.read orders.json {blocked_main_thread=true; file.size=1048576; thread.name=main}"
    )]
    [InlineData(
        Files,
        "Flutter, synchronously",
        "1 18 file.openRead cart.hive {blocked_main_thread=true; file.async=false; file.path=/data/user/0/shop/app_flutter/cart.hive}"
    )]
    [InlineData(
        Files,
        "Android's preferences",
        "1 30 file.write shop_preferences.xml (1.1 kB) {blocked_main_thread=true; file.path=/data/user/0/shop/shared_prefs/shop_preferences.xml}"
    )]
    [InlineData(
        Queries,
        "Core Data, saving",
        "1 40 db.sql.transaction INSERTED 1 'Cart', UPDATED 2 'Item' {blocked_main_thread=true; db.system=SQLite; thread.name=main}"
    )]
    [InlineData(
        Queries,
        "Android's SQLite, with its database",
        "1 17 db.sql.query DELETE FROM item WHERE cart_id = ? {blocked_main_thread=true; db.system=sqlite; db.name=shop.db; thread.name=main}"
    )]
    [InlineData(
        Queries,
        "Room, where an activity starts",
        "1 300 ui.load CartActivity\n    2 60 db.sql.room SELECT * FROM item INNER JOIN cart ON cart.id = item.cart_id {blocked_main_thread=true}"
    )]
    [InlineData(
        Queries,
        "sqflite, opening",
        "1 80 db Open DB: shop.db {blocked_main_thread=true; db.system=sqlite; db.name=shop.db}"
    )]
    [InlineData(
        Queries,
        "Drift, one after the other without a rest",
        "1 9 db.sql.query SELECT * FROM cart {blocked_main_thread=true; db.system=sqlite}\n  10 9 db.sql.query SELECT * FROM item {blocked_main_thread=true; db.system=sqlite}"
    )]
    [InlineData(Queries, "Isar", "1 33 db getAll {blocked_main_thread=true; db.system=isar; db.collection=carts}")]
    [InlineData(Queries, "Hive", "1 21 db putAll {blocked_main_thread=true; db.system=hive; db.name=cart_box}")]
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
    [InlineData(
        Files,
        "Android's io thread",
        "1 90 file.write basket.pb (12.3 kB) {blocked_main_thread=false; file.path=/data/user/0/shop/files/basket.pb; thread.name=DefaultDispatcher-worker-1}"
    )]
    [InlineData(
        Files,
        "the app's own properties, which the system reads",
        "1 40 file.read Info.plist (2 KB) {blocked_main_thread=true; file.path=/private/var/containers/Bundle/Shop.app/Info.plist}"
    )]
    [InlineData(
        Files,
        "the layout of the keyboard",
        "1 40 file.read kblayout_iphone.dat {blocked_main_thread=true; file.path=/System/Library/TextInput/kblayout_iphone.dat; thread.name=main}"
    )]
    [InlineData(Files, "Flutter, which waits for it", "1 300 file.readAsBytes cart.hive {file.async=true}")]
    [InlineData(
        Files,
        "short ones of several views",
        "1 20 ui.load CartView\n    1 9 file.read a.png {blocked_main_thread=true}\n  +1 20 ui.load PriceView\n    +1 9 file.read b.png {blocked_main_thread=true}"
    )]
    [InlineData(Queries, "nothing said", "1 200 db.sql.query SELECT * FROM cart {db.system=sqlite; db.name=shop.db}")]
    [InlineData(
        Queries,
        "Room, in a coroutine",
        "1 120 db.sql.room SELECT * FROM item {blocked_main_thread=false; thread.name=arch_disk_io_0}"
    )]
    [InlineData(
        Queries,
        "Core Data, in a private context",
        "1 120 db.sql.transaction INSERTED 40 'Item' {blocked_main_thread=false; db.system=SQLite; thread.name=NSManagedObjectContext}"
    )]
    [InlineData(
        Queries,
        "short ones with rests",
        "x20 1 3 db.sql.query SELECT * FROM item WHERE id = ? {blocked_main_thread=true; db.system=sqlite}"
    )]
    [InlineData(
        Queries,
        "a file",
        "1 90 file.read shop.db {blocked_main_thread=true; file.path=/data/user/0/shop/databases/shop.db}"
    )]
    [InlineData(Queries, "a view that draws", "1 90 ui.load CartActivity {blocked_main_thread=true}")]
    [InlineData(Queries, "a call", "1 90 http.client GET /carts/1 {blocked_main_thread=true}")]
    [InlineData(
        Queries,
        "sqflite, which waits for it",
        "1 140 db.sql.query SELECT * FROM cart {db.system=sqlite; thread.name=1.ui}"
    )]
    public void Other_work_is_not(string type, string what, string spans) => Find(type, spans).ShouldBeEmpty(what);

    static IEnumerable<Tocsin.Server.Traces.Detectors.Problem> Find(string type, string spans) =>
        SpanShape.Problems("0 1000 ui.load MainActivity\n  " + spans).Where(problem => problem.Kind.Type == type);
}
