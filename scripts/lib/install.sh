# shellcheck shell=bash
# Sourced by the scripts: installs what is missing, with apt, saying so.

# need_apt TEST:PACKAGE …   TEST is a command, or a file by its absolute path
need_apt() {
  local missing=() entry test package
  for entry in "$@"; do
    test="${entry%%:*}" package="${entry##*:}"
    if [[ "$test" == /* ]]; then compgen -G "$test" >/dev/null || missing+=("$package")
    else command -v "$test" >/dev/null || missing+=("$package"); fi
  done
  ((${#missing[@]})) || return 0
  local sudo=()
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || { echo "missing: ${missing[*]}; install them with apt" >&2; return 1; }
    sudo=(sudo)
  fi
  echo "installing ${missing[*]}" >&2
  "${sudo[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# What every build of the package needs.
need_build_libraries() {
  command -v swift >/dev/null || { echo "missing: a Swift toolchain; see https://swift.org/install" >&2; return 1; }
  need_apt /usr/include/openssl/ssl.h:libssl-dev /usr/include/sqlite3.h:libsqlite3-dev
}
