// Times and durations. Seconds since the Unix epoch, UTC; no locale, no time zone data. Floor F0.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tee {

using Time = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;

constexpr Time unix_time(std::int64_t s) { return Time(Seconds(s)); }
constexpr std::int64_t to_unix(Time t) { return t.time_since_epoch().count(); }

Result<Time> parse_rfc3339(std::string_view text);   // 2025-06-20T10:32:00Z, fraction and offset allowed
std::string rfc3339(Time t);                         // always Z, no fraction
Result<Time> time_from_fields(int year, int month, int day, int hour, int minute, int second);  // checked
Result<Seconds> parse_duration(std::string_view text);  // 90s, 10m, 24h, 14d; a unit is required
// --at: RFC 3339, @UNIX, or +DURATION / -DURATION from now.
Result<Time> parse_when(std::string_view text, Time now);

}  // namespace tee
