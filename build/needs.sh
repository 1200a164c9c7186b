# Sourced by run, test and check: makes sure of the tools, installs Debian packages when root, says what is missing when not.

need_dotnet() {
  if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep '^10\.' >/dev/null; then
    echo "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download" >&2
    exit 1
  fi
}

need_node() {
  if ! command -v node >/dev/null || [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "Node 20 or newer is missing: https://nodejs.org (it builds the web interface and brings the DuckDB library)" >&2
    exit 1
  fi
}

# need_packages NAME=PROBE …: installs the Debian package NAME unless the shell command PROBE succeeds. No probe ends a pipe early
# (grep -q): what writes into it would fail, and pipefail would take that for the answer.
need_packages() {
  local missing=() pair
  for pair in "$@"; do
    eval "${pair#*=}" >/dev/null 2>&1 || missing+=("${pair%%=*}")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing: ${missing[*]}" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 || {
      echo "Could not install: ${missing[*]}" >&2
      exit 1
    }
  else
    echo "Please install first: ${missing[*]}" >&2
    exit 1
  fi
}

need_runtime() {
  need_dotnet
  need_node
  need_packages "libzstd1=ldconfig -p | grep 'libzstd\.so\.1'"
  # Quicker with it, complete without: nobody is kept from starting for the want of it.
  (need_packages "libdeflate0=ldconfig -p | grep 'libdeflate\.so\.0'") 2>/dev/null || true
}

need_tests() {
  need_runtime
  need_packages \
    "libsqlite3-0=ldconfig -p | grep 'libsqlite3\.so\.0'" \
    "chromium=command -v chromium" \
    "postgresql=command -v initdb || ls /usr/lib/postgresql/*/bin/initdb" \
    "python3-sentry-sdk=/usr/bin/python3 -c 'import sentry_sdk'"
  if ! command -v initdb >/dev/null; then
    PATH="$(ls -d /usr/lib/postgresql/*/bin | tail -n 1):$PATH"
    export PATH
  fi
}
