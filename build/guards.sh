#!/usr/bin/env bash
# Rules that no compiler knows. Each prints what breaks it; the guards are shown to fail by tests/Server.Tests/House.
set -uo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/..}" || exit 1
status=0
guard() { # guard SENTENCE OFFENDERS
  [ -z "$2" ] && return
  printf '%s\n%s\n' "$1" "$2" >&2
  status=1
}

sources() { find src tests web/src -type f \( -name '*.cs' -o -name '*.ts' -o -name '*.tsx' \) -not -path '*/obj/*' -not -path '*/bin/*' -not -path '*/node_modules/*' -not -path 'web/src/api/schema.d.ts' 2>/dev/null; }

guard "A name that says nothing:" "$(sources | grep -E '(Helper|Helpers|Util|Utils|Manager|Common|Misc|Shared|Impl|Service)\.(cs|tsx?)$')"
guard "A file over 500 lines owes its reason at the top ('Long because'):" \
  "$(sources | while read -r file; do [ "$(wc -l <"$file")" -gt 500 ] && ! head -n 5 "$file" | grep -q 'Long because' && echo "$file"; done)"
guard "No #region:" "$(sources | xargs -r grep -lE '^\s*#region')"
guard "An unfinished mark:" "$(sources | xargs -r grep -nE '\b(TODO|FIXME|HACK)\b|NotImplementedException')"
guard "A catch of everything belongs to a named boundary; the line above it or below it says which:" \
  "$(find src -name '*.cs' -not -path '*/obj/*' -print0 | xargs -0 -r awk '
    FNR == 1 { open = "" }
    open != "" && /^ *when / { open = "" }
    open != "" && $0 !~ /^ *\{$/ { if ($0 !~ /\/\//) print open; open = "" }
    /catch \(Exception( [a-z]+)?\)$/ { if (before !~ /\/\//) open = FILENAME ":" FNR ": " $0 }
    { before = $0 }')"
guard "A private field is named as a parameter is, without an underscore:" \
  "$(sources | grep '\.cs$' | xargs -r grep -nE '^ +((private|static|readonly|volatile|const) )*[A-Za-z(][^"=/]* _[a-z][A-Za-z0-9]*( =|;|,$)')"
guard "HTML from strings:" "$(find web/src -type f 2>/dev/null | xargs -r grep -nE 'dangerouslySetInnerHTML|\.innerHTML\b')"
exit $status
