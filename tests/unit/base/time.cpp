#include "base/time.h"

#include <doctest/doctest.h>

using namespace tee;

namespace {

std::int64_t parsed(std::string_view text) {
  const Result<Time> t = parse_rfc3339(text);
  return t ? to_unix(*t) : -1;
}

}  // namespace

TEST_CASE("RFC 3339 known answers") {
  CHECK(parsed("1970-01-01T00:00:00Z") == 0);
  CHECK(parsed("2025-06-20T10:32:00Z") == 1750415520);
  CHECK(parsed("2025-06-20t10:32:00z") == 1750415520);
  CHECK(parsed("2025-06-20T10:32:00.999999999Z") == 1750415520);
  CHECK(parsed("2025-06-20T12:32:00+02:00") == 1750415520);
  CHECK(parsed("2025-06-20T05:02:00-05:30") == 1750415520);
  CHECK(parsed("2025-06-20T10:32:00-00:00") == 1750415520);
  CHECK(parsed("2000-02-29T23:59:59Z") == 951868799);
  CHECK(parsed("2024-02-29T00:00:00Z") == 1709164800);
  CHECK(parsed("9999-12-31T23:59:59Z") == 253402300799);
  CHECK(to_unix(parse_rfc3339("0001-01-01T00:00:00Z").value()) == -62135596800);
  CHECK(to_unix(parse_rfc3339("1969-12-31T23:59:59Z").value()) == -1);
}

TEST_CASE("bad-time: what RFC 3339 or the calendar forbids") {
  for (std::string_view text : {"",
                                "2025",
                                "2025-06-20",
                                "2025-06-20T10:32:00",
                                "2025-06-20 10:32:00Z",
                                "2025-06-20T10:32Z",
                                "2025-6-20T10:32:00Z",
                                "2025-06-20T10:32:00.Z",
                                "2025-06-20T10:32:00,5Z",
                                "2025-06-20T10:32:00Z ",
                                " 2025-06-20T10:32:00Z",
                                "2025-06-20T10:32:00ZZ",
                                "2025-06-20T10:32:00+0200",
                                "2025-06-20T10:32:00+2:00",
                                "2025-06-20T10:32:00+24:00",
                                "2025-06-20T10:32:00+02:60",
                                "2025-06-20T10:32:00+02:00Z",
                                "2025-00-20T10:32:00Z",
                                "2025-13-20T10:32:00Z",
                                "2025-06-00T10:32:00Z",
                                "2025-06-31T10:32:00Z",
                                "2025-02-29T00:00:00Z",
                                "1900-02-29T00:00:00Z",
                                "2025-06-20T24:00:00Z",
                                "2025-06-20T10:60:00Z",
                                "2016-12-31T23:59:60Z",
                                "0000-01-01T00:00:00Z",
                                "+025-06-20T10:32:00Z",
                                "-001-06-20T10:32:00Z",
                                "0001-01-01T00:00:00+01:00",
                                "9999-12-31T23:59:59-01:00",
                                "20250620T103200Z",
                                "２025-06-20T10:32:00Z"}) {
    CAPTURE(text);
    const Result<Time> t = parse_rfc3339(text);
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().code == &code::input_malformed);
  }
}

TEST_CASE("writing and reading agree, on every day of 800 years") {
  for (std::int64_t day = -370 * 366; day < 430 * 366; ++day) {
    const Time t = unix_time(day * 86400 + 43261);
    if (parse_rfc3339(rfc3339(t)).value() != t) FAIL("differs at day " << day);
  }
  CHECK(rfc3339(unix_time(0)) == "1970-01-01T00:00:00Z");
  CHECK(rfc3339(unix_time(-1)) == "1969-12-31T23:59:59Z");
  CHECK(rfc3339(unix_time(-62135596800)) == "0001-01-01T00:00:00Z");
  CHECK(rfc3339(unix_time(INT64_MAX)) == "9999-12-31T23:59:59Z");
  CHECK(rfc3339(unix_time(INT64_MIN)) == "0001-01-01T00:00:00Z");
}

TEST_CASE("durations") {
  CHECK(parse_duration("90s").value() == Seconds(90));
  CHECK(parse_duration("10m").value() == Seconds(600));
  CHECK(parse_duration("24h").value() == Seconds(86400));
  CHECK(parse_duration("14d").value() == Seconds(1209600));
  CHECK(parse_duration("0s").value() == Seconds(0));
  CHECK(parse_duration("36600d").value() == Seconds(3162240000));
  for (std::string_view text : {"", "s", "10", "-1s", "+1s", "1.5h", "1w", "1 h", " 1h", "1h ", "1h30m",
                                "36601d", "9223372036854775807d", "99999999999999999999s", "0x1s", "1S"}) {
    CAPTURE(text);
    const Result<Seconds> d = parse_duration(text);
    REQUIRE_FALSE(d.has_value());
    CHECK(d.error().code == &code::time_malformed);
  }
}

TEST_CASE("--at forms") {
  const Time now = unix_time(1000000);
  CHECK(parse_when("@12", now).value() == unix_time(12));
  CHECK(parse_when("@0", now).value() == unix_time(0));
  CHECK(parse_when("+30d", now).value() == unix_time(1000000 + 30 * 86400));
  CHECK(parse_when("-1h", now).value() == unix_time(1000000 - 3600));
  CHECK(parse_when("1970-01-02T00:00:00Z", now).value() == unix_time(86400));
  for (std::string_view text : {"", "@", "@-1", "@1.5", "@253402300800", "@99999999999999999999", "+", "-",
                                "+5", "+-5d", "now", "yesterday", "12", "2025-06-20"}) {
    CAPTURE(text);
    const Result<Time> t = parse_when(text, now);
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().code == &code::time_malformed);
  }
  CHECK_FALSE(parse_when("+10d", unix_time(253402300799)).has_value());
}
