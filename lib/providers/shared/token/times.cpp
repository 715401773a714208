#include "providers/shared/token/times.h"

#include <algorithm>

#include <cmath>

#include "evidence/codes.h"
#include "providers/shared/token/codes.h"

namespace tee::token {

namespace {

constexpr double kLargest = 9007199254740992.0;  // 2^53
constexpr Seconds kLifetimeMargin{60};

enum class Round { down, up };

// NumericDate: an integer, or a finite decimal that is rounded towards the stricter side. nullopt for
// anything else.
std::optional<Time> numeric_date(const Json& value, Round round) {
  if (!value.is_number()) return std::nullopt;
  const double seconds = value.get<double>();
  if (!std::isfinite(seconds) || seconds < 0 || seconds > kLargest) return std::nullopt;
  if (value.is_number_integer()) return unix_time(value.get<std::int64_t>());
  return unix_time(
      static_cast<std::int64_t>(round == Round::down ? std::floor(seconds) : std::ceil(seconds)));
}

constexpr Seconds kUsualLeeway{60};

class Judge {
 public:
  Judge(const Json& claims, const AppraisalOptions& options, const std::string& prefix, Findings& out)
      : claims_(claims), options_(options), prefix_(prefix), out_(out) {}

  void run(const TimeRules& rules) {
    const auto exp = read("exp", "expiry", Round::down);
    const auto nbf = read("nbf", "not_before", Round::up);
    const auto iat = read("iat", "issued_at", Round::up);
    if (exp)
      judge_expiry(*exp);
    else if (!claims_.contains("exp") && rules.expiry_optional)
      out_.skip(Area::freshness, prefix_ + "expiry", code::expiry_absent, "the token does not say when it expires");
    else if (!claims_.contains("exp"))
      out_.fail(Area::freshness, prefix_ + "expiry", code::time_malformed, "the token has no exp claim");
    if (nbf) judge_start(*nbf, "not_before", code::not_yet_valid, "the token is not valid yet");
    if (iat)
      judge_start(*iat, "issued_at", tee::code::freshness_future, "the token was issued in the future");
    if (exp && iat && rules.longest_life) judge_lifetime(*exp - *iat, *rules.longest_life);
    out_.binding.signed_time = iat;
  }

 private:
  std::optional<Time> read(const char* claim, const char* check, Round round) {
    const Json* value = json::find(claims_, claim);
    if (!value) return std::nullopt;
    const auto time = numeric_date(*value, round);
    if (!time)
      out_.fail(Area::freshness, prefix_ + check, code::time_malformed,
                std::string(claim) + " is no number of seconds from 0 to 2^53");
    return time;
  }

  // Being in date does not say how fresh the token is, being out of date says that it is not: so only a
  // failure belongs to the question of freshness (design section 10).
  void in_date(const std::string& check, const char* message, Time value) {
    out_.pass(Area::form, prefix_ + check, message).actual = rfc3339(value);
  }

  // Beyond the usual 60 seconds it is the operator's flag that lets it pass (S7, S14).
  void within_leeway(const std::string& check, const char* message) {
    out_.passed_by("--leeway", Area::form, prefix_ + check, message);
  }

  void judge_expiry(Time exp) {
    out_.expires(exp);
    if (options_.at < exp + std::min(kUsualLeeway, options_.leeway)) return in_date("expiry", "the token has not expired", exp);
    if (options_.at < exp + options_.leeway) return within_leeway("expiry", "the token has expired, within the given leeway");
    out_.fail(Area::freshness, prefix_ + "expiry", code::expired, "the token has expired",
              "after " + rfc3339(options_.at - options_.leeway), rfc3339(exp));
  }

  void judge_start(Time start, const char* check, const Code& why, const char* message) {
    if (start <= options_.at + std::min(kUsualLeeway, options_.leeway)) return in_date(check, "the token's time has begun", start);
    if (start <= options_.at + options_.leeway) return within_leeway(check, "the token's time begins within the given leeway");
    out_.fail(Area::freshness, prefix_ + check, why, message,
              "at most " + rfc3339(options_.at + options_.leeway), rfc3339(start));
  }

  void judge_lifetime(Seconds life, Seconds longest) {
    const std::string expected = "at most " + std::to_string(longest.count()) + " s";
    if (life > longest + kLifetimeMargin)
      out_.fail(Area::form, prefix_ + "lifetime", code::lifetime,
                "the token lives longer than its issuer allows", expected,
                std::to_string(life.count()) + " s");
    else
      out_.pass(Area::form, prefix_ + "lifetime", "the token's lifetime is as its issuer documents");
  }

  const Json& claims_;
  const AppraisalOptions& options_;
  const std::string& prefix_;
  Findings& out_;
};

}  // namespace

void judge_times(const Json& claims, const AppraisalOptions& options, const TimeRules& rules,
                 const std::string& prefix, Findings& out) {
  Judge(claims, options, prefix, out).run(rules);
}

}  // namespace tee::token
