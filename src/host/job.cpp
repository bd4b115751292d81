#include "host/job.hpp"

#include <fmt/core.h>

#include <sstream>

#include "host/act.hpp"
#include "util/shell.hpp"

namespace gpuctl::host {

namespace {

/// What runs apart from the connection. The one that makes `pid` is the job: whoever comes second goes. A daemon that
/// an action starts must not hold the pipe, nor be waited for.
constexpr std::string_view runner = R"sh(
LC_ALL=C; LANGUAGE=; HOME=${HOME:-/root}; export LC_ALL LANGUAGE HOME
PATH=${PATH:-/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
umask 022; cd /
exec 9<>"$J/alive"
set -C; { echo "$$" >"$J/pid"; } 2>/dev/null || exit 0; set +C
trap '' HUP PIPE
i=0; r=0
while [ "$i" -lt "$actions" ]; do
  echo "$i" >"$J/at"
  ("act_$i") >"$J/out" 2>&1 </dev/null 9>&-; r=$?
  [ "$r" = 0 ] || break
  i=$((i + 1))
done
echo "$r $i" >"$J/rc"
)sh";

// The pipe has no writer once the job has ended, however it ended: a reader waits for exactly that. It waits some
// seconds at a time, for a heartbeat, and because a pipe whose writer is gone already cannot be opened for reading.
constexpr std::string_view waiting = R"sh(
job_lives() {
  read -r p <"$1/pid" && tr '\0' '\n' <"/proc/$p/cmdline" | grep -Fqx "$1/do"
}
wait_job() {
  tries=0
  while [ ! -s "$1/rc" ]; do
    if [ -s "$1/pid" ]; then job_lives "$1" || break
    else
      tries=$((tries + 1)); [ "$tries" -lt 6 ] || break
      [ "$tries" = 1 ] || hire
    fi
    beat
    timeout "$B" cat "$1/alive" >/dev/null; [ $? != 127 ] || sleep 1
  done
}
)sh";

// The shell of a login that was lost may be at the same work still, so nothing here is made under a name that both use.
constexpr std::string_view start = R"sh(
umask 077
says=$( { { [ -d "$D" ] || mkdir -p "$D"; } && [ -O "$D" ] && { [ -d "$J" ] || mkdir "$J" || [ -d "$J" ]; }; } 2>&1 ) ||
  { trouble="$D cannot be made: ${says:-it is somebody else's}"; return; }
for j in "$D"/*/; do
  [ -e "$j/rc" ] && [ -n "$(find "$j/rc" -mmin +60)" ] && rm -rf "$j"
done
says=$( {
  n=$J/.gpuctl-$$
  pipe "$J/alive" && { [ -n "$hired" ] || pipe "$J/orders-$$"; } &&
    { [ -e "$J/do" ] || { { the_job 2>/dev/null >"$n" || the_job | tee "$n" >/dev/null; } && mv "$n" "$J/do"; }; }
} 2>&1 ) || { trouble="$J cannot be written: $says"; return; }
if [ -s "$J/pid" ]; then :
elif [ -n "$hired" ]; then echo "$J" >&8
else hire
fi
umask 022
wait_job "$J"
)sh";

// One servant for all jobs of a login: it runs the first one whatever becomes of the login, then starts what it reads
// from a pipe, and goes when the login shell, the only one that holds the other end, has gone, also where that was
// before it came to the pipe: there it would wait for ever. A login that was lost may have left a servant: the unit's
// name and the pipe are this login's own, and of this attempt, so that no two read from one pipe. (systemd would take a
// word that begins with `$`, as a whole, for the name of a variable.)
constexpr std::string_view hiring = R"sh(
pipe() { [ -p "$1" ] || mkfifo "$1" || [ -p "$1" ]; }
hire() {
  set -- "$sh" "$J/orders-$$${tries:+.$tries}" "$J/do"
  pipe "$2" || return
  exec 8<>"$2"
  serve='sh=$1; $sh "$3"; timeout 5 $sh -c ": <\"\$1\"" sh "$2" || exit 0; while read -r j; do $sh "$j/do"; done <"$2"'
  { [ -d /run/systemd/system ] && [ "$(id -u)" = 0 ] &&
    systemd-run --quiet --collect --unit="gpuctl-${J##*/}-${2##*orders-}" -p KillMode=process $sh -c "$serve" gpuctl "$@" 8>&-; } ||
    (setsid $sh -c "$serve" gpuctl "$@" </dev/null >/dev/null 2>&1 8>&- &)
  hired=yes
}
)sh";

constexpr std::string_view tell = R"sh(
if [ -n "$trouble" ]; then printf '%s' "$trouble"; t 1 last
else
  if [ -s "$J/rc" ]; then read -r r <"$J/rc"; echo "$r"; else echo "gone $(cat "$J/at")"; fi
  t 0 more
  tail -c 16384 "$J/out"; t 0 last
fi
)sh";

std::string the_job(const std::string& folder, std::span<const core::Action> actions) {
  std::string out =
      fmt::format("J={}; actions={}\n{}", util::shell_quote(folder), actions.size(), act_functions(actions));
  for (std::size_t i = 0; i < actions.size(); ++i) out += fmt::format("act_{}() {{\n{}}}\n", i, act_script(actions[i]));
  return out + std::string(runner);
}

core::Done not_started(const std::string& trouble) {
  core::Done done{.ok = false, .why = "the job could not be started: " + trouble};
  if (trouble.find("No space left") != std::string::npos) done.advice = "make room there, and run gpuctl again";
  return done;
}

}  // namespace

std::string left_jobs_script(const std::string& dir) {
  return fmt::format("{}for j in {}/*; do [ -s \"$j/pid\" ] && [ ! -s \"$j/rc\" ] && wait_job \"$j\"; done\n", waiting,
                     util::shell_quote(dir));
}

std::string job_script(const std::string& dir, const std::string& id, const std::string& sh,
                       std::span<const core::Action> actions) {
  const auto folder = dir + "/" + id;
  return fmt::format(
      "{}{}D={}; J={}; sh={}; trouble= tries=\nthe_job() {{ printf %s {}; }}\nrun_job() {{\n{}}}\nrun_job\n",
      left_jobs_script(dir), hiring, util::shell_quote(dir), util::shell_quote(folder), util::shell_quote(sh),
      util::shell_quote(the_job(folder, actions)), start);
}

std::string job_result_script() {
  return fmt::format("q={}\n{}", job_question, tell);
}

core::Done decode_job(std::span<const Frame> frames, std::span<const core::Action> actions) {
  core::Done done;
  if (frames.size() == 1) return not_started(frames[0].bytes);
  if (frames.size() != 2) return {.ok = false, .why = "the host did not tell how the job ended"};
  std::istringstream words(frames[0].bytes);
  std::string first;
  int index = 0;
  words >> first >> index;
  if (first == "0") return done;
  done.ok = false;
  done.evidence = frames[1].bytes;
  done.failed_action = index;
  const bool known = index >= 0 && static_cast<std::size_t>(index) < actions.size();
  if (first == "gone" || first.empty() || first.find_first_not_of("0123456789") != std::string::npos)
    done.why = "it ended without a result: the host was restarted, or something killed it";
  else if (known) {
    const auto found =
        why_failed(actions[static_cast<std::size_t>(index)], std::stoi(first.substr(0, 6)), done.evidence);
    done.why = found.why;
    done.advice = found.advice;
  } else {
    done.why = fmt::format("the job ended with exit code {}", first);
  }
  return done;
}

}  // namespace gpuctl::host
