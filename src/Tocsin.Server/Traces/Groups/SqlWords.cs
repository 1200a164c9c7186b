using System.Collections.Frozen;

namespace Tocsin.Server.Traces.Groups;

/// <summary>The words of SQL that are written in capitals in a group's name, and those that a table's name follows.</summary>
static class SqlWords
{
    static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(
        """
        ADD ALL ALTER ANALYZE AND ANY AS ASC BEGIN BETWEEN BY CALL CASE CAST COLLATE COLUMN COMMIT CONFLICT CONSTRAINT COPY CREATE CROSS
        CURRENT CURSOR DATABASE DECLARE DEFAULT DELETE DESC DESCRIBE DISTINCT DO DROP ELSE END ESCAPE EXCEPT EXEC EXECUTE EXISTS EXPLAIN
        FETCH FILTER FIRST FOR FOREIGN FROM FULL FUNCTION GRANT GROUP HAVING IF IGNORE ILIKE IN INDEX INNER INSERT INTERSECT INTERVAL INTO
        IS JOIN KEY LATERAL LEFT LIKE LIMIT LISTEN LOCK LOCKED MATERIALIZED MERGE MODE NATURAL NEXT NO NOT NOTHING NOTIFY NOWAIT NULL NULLS
        OFFSET ON ONLY OR ORDER OUTER OUTPUT OVER PARTITION PRAGMA PRIMARY PROCEDURE RECURSIVE REFERENCES RELEASE REPLACE RETURNING REVOKE
        RIGHT ROLLBACK ROW ROWS SAVEPOINT SCHEMA SELECT SEQUENCE SET SHARE SHOW SKIP SOME START TABLE TEMPORARY THEN TO TOP TRANSACTION
        TRUNCATE UNION UNIQUE UPDATE UPSERT USE USING VACUUM VALUES VIEW WHEN WHERE WINDOW WITH WORK
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase
    );

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Keywords.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    /// <summary>In capitals; null for what is none.</summary>
    public static string? Keyword(ReadOnlySpan<char> word) =>
        word.Length is >= 2 and <= 12 && Lookup.TryGetValue(word, out var keyword) ? keyword : null;

    /// <summary>Whether the name after this word is a table's.</summary>
    public static bool LeadsToTable(string keyword) =>
        keyword is "FROM" or "INTO" or "UPDATE" or "JOIN" or "TABLE" or "TRUNCATE" or "COPY" or "MERGE";

    /// <summary>Words that may stand between those and the name.</summary>
    public static bool StandsBeforeTable(string keyword) =>
        keyword is "ONLY" or "IF" or "EXISTS" or "NOT" or "LATERAL" or "TABLE" or "INTO" or "TOP" or "IGNORE";

    /// <summary>What a statement does.</summary>
    public static bool IsVerb(string keyword) =>
        keyword
            is "SELECT"
                or "INSERT"
                or "UPDATE"
                or "DELETE"
                or "MERGE"
                or "REPLACE"
                or "UPSERT"
                or "BEGIN"
                or "START"
                or "COMMIT"
                or "ROLLBACK"
                or "SAVEPOINT"
                or "RELEASE"
                or "CREATE"
                or "ALTER"
                or "DROP"
                or "TRUNCATE"
                or "COPY"
                or "CALL"
                or "EXEC"
                or "EXECUTE"
                or "PRAGMA"
                or "SET"
                or "SHOW"
                or "USE"
                or "LOCK"
                or "FETCH"
                or "DECLARE"
                or "EXPLAIN"
                or "ANALYZE"
                or "VACUUM"
                or "LISTEN"
                or "NOTIFY"
                or "GRANT"
                or "REVOKE"
                or "DO"
                or "DESCRIBE";
}
