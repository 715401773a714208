#include "base/time.h"

#include <cstdint>
#include <limits>

namespace tee {

namespace {

constexpr int kFirstYear = 1, kLastYear = 9999;  // RFC 3339 writes four digits; year 0 is nobody's timestamp
constexpr std::int64_t kSecondsPerDay = 86400;

tl::unexpected<Error> bad_time(std::string_view why) {
  return fail(code::input_malformed, "time: " + std::string(why));
}

// Reads exactly `width` digits off the front; -1 when they are not there.
int take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return -1;
  int value = 0;
  for (char c : text.substr(0, width)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take_char(std::string_view& text, std::string_view accepted) {
  if (text.empty() || accepted.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// All of `text` as a decimal number without sign, at most `limit`; -1 otherwise.
std::int64_t whole_number(std::string_view text, std::int64_t limit) {
  if (text.empty() || text.size() > 18) return -1;
  std::int64_t value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value <= limit ? value : -1;
}

constexpr Time kEarliest = std::chrono::sys_days(std::chrono::year(kFirstYear) / 1 / 1);
constexpr Time kLatest = std::chrono::sys_days(std::chrono::year(kLastYear + 1) / 1 / 1) - Seconds(1);

Result<Time> in_range(Time t) {
  if (t < kEarliest || t > kLatest) return bad_time("outside the years 0001 to 9999");
  return t;
}

void put_number(std::string& out, unsigned value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

}  // namespace

Result<Time> time_from_fields(int year, int month, int day, int hour, int minute, int second) {
  if (year < kFirstYear || year > kLastYear) return bad_time("the year is not 0001 to 9999");
  if (month < 1 || month > 12) return bad_time("the month is not 1 to 12");
  const std::chrono::year_month_day date = std::chrono::year(year) / month / day;
  if (day < 1 || day > 31 || !date.ok()) return bad_time("the month has no such day");
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return bad_time("the day has no such hour and minute");
  // A leap second (:60) has no Unix time of its own, and no vendor signs one.
  if (second < 0 || second > 59) return bad_time("the second is not 0 to 59");
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         Seconds(second);
}

// RFC 3339 section 5.6, date-time. The space that section allows in place of "T" is not accepted.
Result<Time> parse_rfc3339(std::string_view text) {
  constexpr std::string_view kForm = "not of the form 2025-06-20T10:32:00Z";
  const int year = take_digits(text, 4);
  if (year < 0 || !take_char(text, "-")) return bad_time(kForm);
  const int month = take_digits(text, 2);
  if (month < 0 || !take_char(text, "-")) return bad_time(kForm);
  const int day = take_digits(text, 2);
  if (day < 0 || !take_char(text, "Tt")) return bad_time(kForm);
  const int hour = take_digits(text, 2);
  if (hour < 0 || !take_char(text, ":")) return bad_time(kForm);
  const int minute = take_digits(text, 2);
  if (minute < 0 || !take_char(text, ":")) return bad_time(kForm);
  const int second = take_digits(text, 2);
  if (second < 0) return bad_time(kForm);
  if (take_char(text, ".")) {  // the fraction is cut off: whole seconds decide
    if (take_digits(text, 1) < 0) return bad_time(kForm);
    while (take_digits(text, 1) >= 0) {
    }
  }
  TEE_TRY(const Time local, time_from_fields(year, month, day, hour, minute, second));
  if (take_char(text, "Zz")) {
    if (!text.empty()) return bad_time(kForm);
    return local;
  }
  const bool west = !text.empty() && text.front() == '-';
  if (!take_char(text, "+-")) return bad_time("no time zone; Z or an offset is needed");
  const int zone_hour = take_digits(text, 2);
  if (zone_hour < 0 || zone_hour > 23 || !take_char(text, ":")) return bad_time(kForm);
  const int zone_minute = take_digits(text, 2);
  if (zone_minute < 0 || zone_minute > 59 || !text.empty()) return bad_time(kForm);
  const Seconds offset = std::chrono::hours(zone_hour) + std::chrono::minutes(zone_minute);
  return in_range(west ? local + offset : local - offset);
}

std::string rfc3339(Time t) {
  if (t < kEarliest) t = kEarliest;  // four-digit years only; no parser of ours yields anything outside
  if (t > kLatest) t = kLatest;
  const auto day = std::chrono::floor<std::chrono::days>(t);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(t - day);
  std::string out;
  put_number(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  out += '-';
  put_number(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  put_number(out, static_cast<unsigned>(date.day()), 2);
  out += 'T';
  put_number(out, static_cast<unsigned>(clock.hours().count()), 2);
  out += ':';
  put_number(out, static_cast<unsigned>(clock.minutes().count()), 2);
  out += ':';
  put_number(out, static_cast<unsigned>(clock.seconds().count()), 2);
  out += 'Z';
  return out;
}

Result<Seconds> parse_duration(std::string_view text) {
  constexpr std::int64_t kLongest = 100 * 366 * kSecondsPerDay;
  std::int64_t unit = 0;
  switch (text.empty() ? '\0' : text.back()) {
    case 's': unit = 1; break;
    case 'm': unit = 60; break;
    case 'h': unit = 3600; break;
    case 'd': unit = kSecondsPerDay; break;
    default:
      return fail(code::time_malformed,
                  "duration: a number with a unit is expected, such as 90s, 10m, 24h or 14d");
  }
  text.remove_suffix(1);
  const std::int64_t count = whole_number(text, kLongest / unit);
  if (count < 0) return fail(code::time_malformed, "duration: not a whole number of at most 100 years");
  return Seconds(count * unit);
}

Result<Time> parse_when(std::string_view text, Time now) {
  if (!text.empty() && text.front() == '@') {
    const std::int64_t seconds = whole_number(text.substr(1), to_unix(kLatest));
    if (seconds < 0)
      return fail(code::time_malformed,
                  "time: @ must be followed by seconds since 1970, up to the year 9999");
    return unix_time(seconds);
  }
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    TEE_TRY(const Seconds distance, parse_duration(text.substr(1)));
    Result<Time> moved = in_range(text.front() == '+' ? now + distance : now - distance);
    if (!moved) return fail(code::time_malformed, moved.error().message);
    return moved;
  }
  Result<Time> time = parse_rfc3339(text);
  if (!time)
    return fail(code::time_malformed, time.error().message,
                "a time is 2025-06-20T10:32:00Z, @UNIXSECONDS, +14d or -2h");
  return time;
}

}  // namespace tee
