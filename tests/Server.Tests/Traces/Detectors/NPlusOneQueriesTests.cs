namespace Server.Tests.Traces.Detectors;

/// <summary>Loops that ask the database once for each element, as the clients of these frameworks show them, and what only looks like one.</summary>
public sealed class NPlusOneQueriesTests
{
    const string Type = "performance_n_plus_one_db_queries";

    [Theory]
    [InlineData(
        "Django, the author of each book",
        """
            0 400 http.server /books
              1 10 db SELECT "books"."id", "books"."author_id" FROM "books"
              x8 +1 9 db SELECT "authors"."id" FROM "authors" WHERE "authors"."id" = %s LIMIT 21
            """
    )]
    [InlineData(
        "Django, in a template",
        """
            0 400 http.server /books
              1 300 template.render books/list.html
                2 10 db SELECT "books"."id" FROM "books" ORDER BY "books"."id" ASC
                x10 +0.5 12 db SELECT "authors"."name" FROM "authors" WHERE "authors"."id" = #
            """
    )]
    [InlineData(
        "Rails, ActiveRecord below a view",
        """
            0 500 http.server BooksController#index
              1 450 view.process_action.action_controller BooksController#index
                2 5 db.sql.active_record SELECT "books".* FROM "books"
                x6 +1 11 db.sql.active_record SELECT "authors".* FROM "authors" WHERE "authors"."id" = $1 LIMIT $2
            """
    )]
    [InlineData(
        "Laravel, Eloquent",
        """
            0 500 http.server /posts
              1 480 http.route.controller PostController@index
                2 8 db.sql.query select * from `posts` {db.system=mysql}
                x5 +1 12 db.sql.query select * from `users` where `users`.`id` = ? limit 1 {db.system=mysql}
            """
    )]
    [InlineData(
        "Prisma, findUnique in a map",
        """
            0 300 http.server GET /api/posts
              1 4 db.sql.prisma SELECT "public"."Post"."id" FROM "public"."Post" WHERE 1=1 OFFSET $1
              x7 +1 10 db.sql.prisma SELECT "public"."User"."id" FROM "public"."User" WHERE ("public"."User"."id" = $1 AND 1=1) LIMIT $2
            """
    )]
    [InlineData(
        "EF Core, lazy loading",
        """
            0 600 http.server GET api/orders
              1 20 db.query SELECT [o].[Id], [o].[CustomerId] FROM [Orders] AS [o]
              x20 +1 15 db.query SELECT [c].[Id], [c].[Name] FROM [Customers] AS [c] WHERE [c].[Id] = @__p_0
            """
    )]
    [InlineData(
        "SQLAlchemy, lazy select",
        """
            0 300 http.server list_invoices
              1 9 db SELECT invoices.id AS invoices_id FROM invoices
              x9 +1 8 db SELECT lines.id AS lines_id FROM lines WHERE lines.invoice_id = %(param_1)s
            """
    )]
    [InlineData(
        "Hibernate, a collection of each parent",
        """
            0 300 http.server GET /customers
              1 9 db select c1_0.id,c1_0.name from customer c1_0
              x6 +1 10 db select o1_0.customer_id,o1_0.id from orders o1_0 where o1_0.customer_id=?
            """
    )]
    [InlineData(
        "Next.js with pg, in a handler",
        """
            0 300 http.server GET /api/cart
              1 280 function.nextjs GET /api/cart
                2 4 db SELECT id FROM items WHERE cart = $1
                x5 +2 10.5 db SELECT price FROM prices WHERE item = $1
            """
    )]
    [InlineData(
        "Mongoose, findOne for each",
        """
            0 300 http.server GET /carts
              1 4 db {"find":"carts","filter":{}} {db.system=mongodb;db.collection.name=carts}
              x6 +2 10 db {"find":"users","filter":{"_id":"65a1#"}} {db.system=mongodb;db.collection.name=users}
            """
    )]
    [InlineData(
        "Prisma, each query wrapped",
        """
            0 900 http.server GET /api/posts
              1 5 prisma prisma:client:operation
                1 4 db.sql.prisma SELECT "public"."Post"."id" FROM "public"."Post" WHERE 1=1 OFFSET $1
              10 14 prisma prisma:client:operation
                11 12 prisma prisma:engine:query
                  11 11 db.sql.prisma SELECT "public"."User"."id" FROM "public"."User" WHERE "public"."User"."id" = $1
              30 14 prisma prisma:client:operation
                31 12 prisma prisma:engine:query
                  31 11 db.sql.prisma SELECT "public"."User"."id" FROM "public"."User" WHERE "public"."User"."id" = $1
              50 14 prisma prisma:client:operation
                51 12 prisma prisma:engine:query
                  51 11 db.sql.prisma SELECT "public"."User"."id" FROM "public"."User" WHERE "public"."User"."id" = $1
              70 14 prisma prisma:client:operation
                71 12 prisma prisma:engine:query
                  71 11 db.sql.prisma SELECT "public"."User"."id" FROM "public"."User" WHERE "public"."User"."id" = $1
              90 14 prisma prisma:client:operation
                91 12 prisma prisma:engine:query
                  91 11 db.sql.prisma SELECT "public"."User"."id" FROM "public"."User" WHERE "public"."User"."id" = $1
            """
    )]
    [InlineData(
        "Rails, a partial for each element",
        """
            0 900 http.server BooksController#index
              1 5 db.sql.active_record SELECT "books".* FROM "books"
              10 14 template.render_partial.action_view books/_book.html.erb
                11 12 db.sql.active_record SELECT "authors".* FROM "authors" WHERE "authors"."id" = $1
              30 14 template.render_partial.action_view books/_book.html.erb
                31 12 db.sql.active_record SELECT "authors".* FROM "authors" WHERE "authors"."id" = $1
              50 14 template.render_partial.action_view books/_book.html.erb
                51 12 db.sql.active_record SELECT "authors".* FROM "authors" WHERE "authors"."id" = $1
              70 14 template.render_partial.action_view books/_book.html.erb
                71 12 db.sql.active_record SELECT "authors".* FROM "authors" WHERE "authors"."id" = $1
              90 14 template.render_partial.action_view books/_book.html.erb
                91 12 db.sql.active_record SELECT "authors".* FROM "authors" WHERE "authors"."id" = $1
            """
    )]
    [InlineData(
        "GraphQL, a resolver for each element of a list",
        """
            0 900 http.server POST /graphql
              1 5 graphql.resolve graphql.resolve books
                1 4 db SELECT id FROM books
              10 14 graphql.resolve graphql.resolve books.0.author
                11 12 db SELECT name FROM authors WHERE id = $1
              30 14 graphql.resolve graphql.resolve books.1.author
                31 12 db SELECT name FROM authors WHERE id = $1
              50 14 graphql.resolve graphql.resolve books.2.author
                51 12 db SELECT name FROM authors WHERE id = $1
              70 14 graphql.resolve graphql.resolve books.3.author
                71 12 db SELECT name FROM authors WHERE id = $1
              90 14 graphql.resolve graphql.resolve books.4.author
                91 12 db SELECT name FROM authors WHERE id = $1
            """
    )]
    [InlineData(
        "Mongoose, whose spans are named after the model",
        """
            0 300 http.server GET /carts
              1 4 db mongoose.Cart.find {db.system=mongoose;db.operation=find;db.mongodb.collection=carts}
              x6 +2 10 db mongoose.User.findOne {db.system=mongoose;db.operation=findOne;db.mongodb.collection=users}
            """
    )]
    [InlineData(
        "two questions in each turn",
        """
            0 900 http.server /books
              1 10 db SELECT id FROM books
              12 9 db SELECT name FROM authors WHERE id = 1
              22 9 db SELECT url FROM covers WHERE book = 1
              32 9 db SELECT name FROM authors WHERE id = 2
              42 9 db SELECT url FROM covers WHERE book = 2
              52 9 db SELECT name FROM authors WHERE id = 3
              62 9 db SELECT url FROM covers WHERE book = 3
              72 9 db SELECT name FROM authors WHERE id = 4
              82 9 db SELECT url FROM covers WHERE book = 4
              92 9 db SELECT name FROM authors WHERE id = 5
              102 9 db SELECT url FROM covers WHERE book = 5
            """
    )]
    public void A_query_for_each_row_of_another_is_found(string what, string spans)
    {
        var problem = SpanShape.Problems(spans).Where(problem => problem.Kind.Type == Type).ShouldHaveSingleItem(what);
        problem.Offenders.Count.ShouldBeGreaterThanOrEqualTo(5);
        problem.Causes.ShouldHaveSingleItem().Group.ShouldNotBe(problem.Offenders[0].Group);
        problem.Offenders.ShouldAllBe(span =>
            span.Group == problem.Offenders[0].Group || span.Group == problem.Offenders[1].Group
        );
    }

    [Theory]
    [InlineData(
        "Django with select_related",
        """
            0 100 http.server /books
              1 60 db SELECT "books"."id", "authors"."id" FROM "books" INNER JOIN "authors" ON ("books"."author_id" = "authors"."id")
            """
    )]
    [InlineData(
        "Django with prefetch_related",
        """
            0 200 http.server /books
              1 60 db SELECT "books"."id" FROM "books"
              +1 60 db SELECT "authors"."id" FROM "authors" WHERE "authors"."id" IN (1, 2, 3, 4, 5, 6)
            """
    )]
    [InlineData(
        "four of them",
        """
            0 400 http.server /books
              1 10 db SELECT id FROM books
              x4 +1 30 db SELECT name FROM authors WHERE id = 1
            """
    )]
    [InlineData(
        "so fast that nobody waits",
        """
            0 400 http.server /books
              1 10 db SELECT id FROM books
              x9 +1 5 db SELECT name FROM authors WHERE id = 1
            """
    )]
    [InlineData(
        "all at once",
        """
            0 400 http.server /books
              1 10 db SELECT id FROM books
              |9 +1 50 db SELECT name FROM authors WHERE id = #
            """
    )]
    [InlineData(
        "nothing asked before",
        """
            0 400 task poll
              x9 1 20 db SELECT state FROM jobs WHERE id = 1
            """
    )]
    [InlineData(
        "a loop of inserts",
        """
            0 400 http.server POST /orders
              1 10 db SELECT id FROM carts
              x9 +1 20 db INSERT INTO lines (cart) VALUES (1)
            """
    )]
    [InlineData(
        "another statement between each",
        """
            0 900 http.server /mixed
              1 10 db SELECT a FROM t1
              +1 20 db SELECT a FROM t2
              +1 20 db SELECT a FROM t3
              +1 20 db SELECT a FROM t4
              +1 20 db SELECT a FROM t5
              +1 20 db SELECT a FROM t6
            """
    )]
    [InlineData(
        "Redis, one key after the other",
        """
            0 400 http.server /cart
              1 10 db SELECT id FROM carts
              x9 +1 20 db.redis GET user:#
            """
    )]
    [InlineData(
        "below different parts of the work",
        """
            0 900 http.server /dashboard
              1 10 db SELECT id FROM widgets
              12 100 function a
                13 20 db SELECT v FROM points WHERE w = 1
              120 100 function b
                121 20 db SELECT v FROM points WHERE w = 2
              230 100 function c
                231 20 db SELECT v FROM points WHERE w = 3
              340 100 function d
                341 20 db SELECT v FROM points WHERE w = 4
              450 100 function e
                451 20 db SELECT v FROM points WHERE w = 5
            """
    )]
    [InlineData(
        "below work of the same name at different places",
        """
            0 900 http.server /dashboard
              1 10 db SELECT id FROM widgets
              12 100 function first
                13 40 function load
                  13 20 db SELECT v FROM points WHERE w = 1
              120 100 function second
                121 40 function load
                  121 20 db SELECT v FROM points WHERE w = 2
              230 100 function third
                231 40 function load
                  231 20 db SELECT v FROM points WHERE w = 3
              340 100 function fourth
                341 40 function load
                  341 20 db SELECT v FROM points WHERE w = 4
              450 100 function fifth
                451 40 function load
                  451 20 db SELECT v FROM points WHERE w = 5
            """
    )]
    [InlineData(
        "statements of the transaction",
        """
            0 400 http.server /save
              1 10 db SELECT id FROM carts
              x9 +1 20 db SAVEPOINT active_record_1
            """
    )]
    public void Nothing_is_found_where_there_is_no_such_loop(string what, string spans) =>
        SpanShape.Problems(spans).Where(problem => problem.Kind.Type == Type).ShouldBeEmpty(what);

    [Fact]
    public void The_same_loop_with_more_rows_and_other_values_is_the_same_issue()
    {
        var few = """
            0 400 http.server /books
              1 10 db SELECT id FROM books WHERE shop = 7
              x6 +1 20 db SELECT name FROM authors WHERE id = #
            """;
        var many = """
            0 900 http.server /books
              1 10 db SELECT id FROM books WHERE shop = 8
              x30 +2 11 db SELECT name FROM authors WHERE id = #
            """;
        SpanShape.Problems(few).ShouldHaveSingleItem().Mark.ShouldBe(SpanShape.Problems(many).ShouldHaveSingleItem().Mark);
    }
}
