namespace Server.Tests.House;

/// <summary>
/// The faults that are known to have brought such systems down, each with the tests that show what it does to this one. Open says what no test
/// shows yet, or why there is nothing to show: the clustered engines do not exist.
/// </summary>
static class FaultList
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("F1", "kill -9 at any instruction")
        {
            Tests =
            [
                "Every_acked_event_is_stored_once_over_kills_and_restarts",
                "A_kill_after_any_step_loses_nothing_and_counts_nothing_twice",
                "Nothing_acknowledged_is_lost_or_counted_twice_whatever_the_seed",
            ],
        },
        new("F2", "power loss: pages that were not synced, torn sectors, reordered writes, lying renames")
        {
            Tests =
            [
                "No_power_loss_loses_what_was_acknowledged_or_shows_what_was_torn",
                "No_power_loss_loses_or_doubles_anything_in_any_store",
                "No_power_loss_while_a_closed_day_is_worked_on_costs_a_record_that_was_to_stay",
                "Control_a_disk_that_lies_about_its_syncs_is_found_out",
            ],
        },
        new("F3", "full disk")
        {
            Tests =
            [
                "While_the_disk_is_full_events_are_sent_back_and_everything_stored_is_readable",
                "What_was_acknowledged_before_the_disk_was_full_is_stored_when_there_is_room",
                "A_nearly_full_disk_refuses_appends_while_readers_go_on_and_takes_them_again_when_there_is_room",
                "A_full_disk_stops_taking_and_nothing_else_and_heals_by_itself",
            ],
            Open = "A full bucket: there is no S3 engine yet.",
        },
        new("F4", "the log's position is out of range")
        {
            Tests =
            [
                "A_reader_from_before_the_released_part_is_told_what_is_missing",
                "A_reader_ahead_of_the_log_is_refused_instead_of_passing_over_new_records",
                "A_sink_that_is_behind_a_lost_part_of_the_log_sees_a_gap",
            ],
            Open = "A recreated topic: there is no Kafka engine yet.",
        },
        new("F5", "a spike that does not end")
        {
            Tests =
            [
                "More_than_it_can_digest_is_kept_or_sent_back_and_memory_stays_bounded",
                "While_much_waits_the_project_that_fills_the_journal_is_asked_to_come_back_and_no_other",
                "A_project_alone_may_fill_it_up_to_the_bound",
                "A_flood_waits_behind_itself_and_another_project_s_request_behind_one_of_it",
                "A_project_whose_bodies_hang_is_refused_unread_and_counted_while_another_passes",
                "A_flood_costs_another_project_nothing_stays_within_its_memory_and_every_refusal_is_counted",
            ],
        },
        new("F6", "poison message")
        {
            Tests =
            [
                "A_poisoned_item_is_quarantined_after_three_tries_and_the_batch_goes_on",
                "A_record_that_cannot_be_opened_is_quarantined_whole_and_stops_nothing",
                "A_poisoned_item_that_is_played_again_after_the_mending_is_stored_and_the_ledger_still_balances",
                "Memory_that_is_short_for_a_moment_costs_no_item",
                "An_item_that_the_metadata_refuses_at_any_step_of_the_commit_is_quarantined_and_the_batch_goes_on",
            ],
        },
        new("F7", "ClickHouse refuses, or was damaged") { Open = "There is no ClickHouse engine yet." },
        new("F8", "a DuckDB file that cannot be read")
        {
            Tests =
            [
                "A_damaged_day_is_rebuilt_and_answers_as_before",
                "A_damaged_day_is_rebuilt_with_the_same_rows_while_events_go_on",
                "A_file_over_which_the_process_died_three_times_is_not_opened_again",
                "A_damaged_log_of_a_killed_server_is_made_up_for",
                "A_file_is_set_aside_when_the_mark_that_says_so_is_durable",
                "A_start_opens_the_other_days_though_a_damaged_one_cannot_be_set_aside_yet",
                "Damage_costs_what_it_touches_and_nothing_else",
            ],
        },
        new("F9", "PostgreSQL, S3, mail away or slow")
        {
            Tests =
            [
                "While_the_database_does_not_work_events_are_accepted_and_the_page_says_what_they_wait_for",
                "A_metadata_database_that_does_not_work_for_a_while_costs_no_item",
                "A_line_to_PostgreSQL_that_is_cut_again_and_again_costs_no_event_and_counts_none_twice",
                "A_database_that_does_not_answer_is_named",
            ],
            Open = "S3 and mail: these engines do not exist yet.",
        },
        new("F10", "clocks")
        {
            Tests =
            [
                "A_clock_that_is_an_hour_off_moves_all_times",
                "A_time_out_of_reason_becomes_the_time_of_receipt",
                "The_ends_of_the_calendar_break_nothing",
                "Records_of_two_days_go_to_two_days_and_a_clock_set_back_a_little_to_the_later_one",
                "Nothing_acknowledged_is_lost_or_counted_twice_whatever_the_seed",
            ],
        },
        new("F11", "an upgrade that was killed, a version skipped, a way back")
        {
            Tests =
            [
                "A_migration_that_ends_half_way_leaves_the_version_before_and_is_gone_on_with",
                "Processes_that_start_together_migrate_once",
                "A_file_of_an_older_version_gets_the_columns_it_lacks",
                "A_log_of_a_newer_format_is_refused_untouched",
                "Migrating_twice_changes_nothing_the_second_time",
            ],
            Open = "From release to release: there is no release yet.",
        },
        new("F12", "duplicates, retries, replays")
        {
            Tests =
            [
                "A_second_event_of_an_id_is_a_duplicate_in_the_same_batch_and_in_a_later_one",
                "A_batch_that_is_applied_twice_is_found",
                "What_a_newer_segment_holds_too_is_passed_over",
                "Nothing_acknowledged_is_lost_or_counted_twice_whatever_the_seed",
            ],
        },
        new("F13", "huge inputs")
        {
            Tests =
            [
                "Each_is_answered_as_documented_and_ends_in_one_outcome",
                "Of_the_frames_of_a_thousand_threads_ten_thousand_stay_those_of_the_crash_first",
                "A_hundred_tags_are_kept_and_the_rest_counted",
                "A_body_that_announces_too_much_is_refused_unread",
                "Twice_as_many_spans_are_prepared_in_twice_the_time",
                "The_statistics_stand_whatever_clients_state",
                "Measurements_beyond_all_reason_take_no_answer_away",
                "Nothing_is_found",
            ],
        },
        new("F14", "compression bombs")
        {
            Tests =
            [
                "A_bomb_costs_no_more_memory_than_it_weighs",
                "A_bomb_inside_another_coding_is_stopped_as_well",
                "A_bomb_is_stopped_within_a_megabyte_and_with_little_memory",
            ],
        },
        new("F15", "clients that hold on")
        {
            Tests =
            [
                "Thousands_of_clients_that_hold_on_cost_the_others_nothing",
                "One_connection_more_than_an_address_may_have_is_closed_and_a_closed_one_makes_room",
                "When_too_much_is_in_memory_clients_are_asked_to_come_back",
                "A_flood_of_frames_costs_the_others_nothing",
                "Every_call_that_is_refused_is_in_the_ledger",
            ],
        },
        new("F16", "a hundred thousand issues an hour")
        {
            Tests =
            [
                "However_the_events_come_in_batches_the_same_ones_find_no_room",
                "What_finds_no_room_claims_no_hash_and_begins_its_own_issue_in_the_next_hour",
                "Events_of_known_issues_go_on_and_other_projects_notice_nothing",
                "A_kill_after_any_step_changes_nothing_about_who_finds_room",
                "An_event_without_room_for_its_issue_says_so_and_names_the_setting",
                "A_merged_issue_shows_what_its_events_alone_would_have_made_of_it",
                "A_kill_after_any_step_and_a_lost_telemetry_change_no_count_of_a_merged_issue",
            ],
            Open = "How long a list of a hundred thousand issues takes is not tested.",
        },
        new("F17", "explosion of tags")
        {
            Tests =
            [
                "A_hundred_tags_are_kept_and_the_rest_counted",
                "Facets_count_the_values_of_tags_and_columns",
                "A_million_tag_values_are_counted_exactly_in_less_memory_than_they_take",
            ],
            Open = "Environments and releases are rows of the metadata; how many a client may name is not bounded.",
        },
        new("F18", "long queries")
        {
            Tests =
            [
                "What_takes_longer_than_its_budget_is_partial",
                "A_million_tag_values_are_counted_exactly_in_less_memory_than_they_take",
                "A_query_that_nobody_waits_for_ends",
                "A_batch_does_not_wait_for_a_query_that_takes_long",
            ],
        },
        new("F19", "a notification's target is down") { Open = "There are no notifications yet." },
        new("F20", "retention while events arrive")
        {
            Tests =
            [
                "A_day_is_kept_as_long_as_the_settings_say_and_no_longer",
                "Events_are_taken_in_while_a_removal_stands_still_at_any_step",
                "A_removal_that_ends_after_any_step_is_gone_on_with",
                "Queries_run_on_while_days_are_dropped",
                "A_day_whose_closing_was_killed_is_whole_and_is_closed_later",
                "Nothing_acknowledged_is_lost_or_counted_twice_whatever_the_seed",
            ],
        },
        new("F21", "a worker that stops without a word")
        {
            Tests =
            [
                "A_failure_after_any_step_is_waited_out",
                "A_worker_that_hangs_is_seen",
                "A_worker_that_stands_still_is_not_ready",
            ],
        },
        new("F22", "a corrupted file")
        {
            Tests =
            [
                "Damage_costs_what_it_touches_and_nothing_else",
                "A_damaged_length_does_not_hide_the_records_behind_it",
                "A_damaged_file_costs_its_day_only",
                "Damage_costs_the_records_it_touches_and_gives_out_no_other",
                "An_event_in_whose_place_another_one_lies_shows_nothing_of_that",
                "A_bit_that_flips_in_a_packed_day_costs_its_block_and_is_told",
                "An_unreadable_block_on_which_all_that_is_new_lies_costs_just_that",
                "A_last_batch_that_the_disk_does_not_give_out_holds_nobody_up_and_is_made_up_for_when_it_does",
                "Damage_to_the_metadata_is_found_unless_it_makes_another_value",
                "A_look_over_a_damaged_file_is_told_on_the_pipeline_page_while_events_go_on",
            ],
            Open = "SQLite has no checksums of its own: a flipped bit in a value of the metadata is not detected.",
        },
        new("F23", "two instances, a read-only directory, few handles")
        {
            Tests =
            [
                "A_second_process_on_the_same_data_directory_is_refused",
                "A_second_process_is_refused_with_a_clear_sentence",
                "A_data_directory_that_may_only_be_read_is_named_and_serves_again_when_it_may_be_written",
            ],
            Open = "NFS and few handles are not tried.",
        },
        new("F24", "a wrong configuration")
        {
            Tests =
            [
                "A_wrong_setting_stops_the_start_with_one_line_that_names_it",
                "A_wrong_settings_file_is_named_with_its_key",
                "A_memory_bound_that_cannot_be_kept_is_refused",
                "A_damaged_file_of_countries_is_named_with_its_setting_wherever_it_lies",
            ],
        },
    ];
}

/// <summary>Seen: what happened elsewhere. Tests: names of test methods, in any of the projects.</summary>
sealed record Fault(string Id, string Seen)
{
    public IReadOnlyList<string> Tests { get; init; } = [];
    public string? Open { get; init; }
}
