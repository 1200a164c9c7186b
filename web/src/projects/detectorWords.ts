/** What each detector looks for, by the type of its issues. */
export const detectorWords: Record<string, string> = {
  performance_n_plus_one_db_queries:
    "A query, and then for each of its rows another: the same one again and again, one after the other.",
  performance_slow_db_query: "A reading query that takes long.",
  performance_consecutive_db_queries:
    "Queries that wait for each other although some need nothing of those before. Side by side they would be done sooner.",
  performance_n_plus_one_api_calls: "Ten or more calls at once to addresses that differ only in an id or a parameter.",
  performance_consecutive_http:
    "Three or more calls of half a second each that wait for each other. Side by side they would be done sooner.",
  performance_large_http_payload: "An answer to a call for data that is large on the wire.",
  performance_http_overhead:
    "Calls of a page that stand in line because HTTP/1.1 lets a browser have six connections to a host.",
  performance_render_blocking_asset_span:
    "A script or style sheet of 500 kB for which the browser held the first paint back.",
  performance_uncompressed_assets: "A script or style sheet that the server sent without compression.",
  performance_file_io_main_thread: "Files that an app reads or writes on the thread that draws.",
  performance_db_main_thread: "Queries that an app makes on the thread that draws.",
  performance_p95_endpoint_regression:
    "An endpoint whose p95 rose with a release, compared with the release before. Watched for seven days after each release.",
};
