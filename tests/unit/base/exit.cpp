#include "base/exit.h"

#include <doctest/doctest.h>

#include "base/result.h"

using namespace tee;

TEST_CASE("each category has its exit status") {
  CHECK(exit_for(Category::subject) == Exit::negative);
  CHECK(exit_for(Category::usage) == Exit::usage);
  CHECK(exit_for(Category::operator_input) == Exit::operator_input);
  CHECK(exit_for(Category::inconclusive) == Exit::inconclusive);
  CHECK(exit_for(Category::platform) == Exit::platform);
  CHECK(exit_for(Category::internal) == Exit::internal);
  CHECK(exit_for(Category::note) == Exit::pass);
  CHECK(static_cast<int>(Exit::internal) == 70);
  CHECK(to_string(Category::operator_input) == "operator_input");
}

TEST_CASE("precedence over several subjects: 70, 2, 1, 3, 4, 5, 0") {
  const Exit order[] = {Exit::internal,     Exit::usage,    Exit::negative, Exit::operator_input,
                        Exit::inconclusive, Exit::platform, Exit::pass};
  for (std::size_t i = 0; i < std::size(order); ++i) {
    for (std::size_t k = i; k < std::size(order); ++k) {
      CHECK(worse(order[i], order[k]) == order[i]);
      CHECK(worse(order[k], order[i]) == order[i]);
    }
  }
}

namespace {

Status refuse_odd(int n) {
  if (n % 2 != 0) return fail(code::input_malformed, "odd", "use an even number");
  return {};
}

Result<int> half(int n) {
  TEE_CHECK(refuse_odd(n));
  return n / 2;
}

Result<int> quarter(int n) {
  TEE_TRY(const int h, half(n));
  TEE_TRY(const int q, half(h));
  return q;
}

}  // namespace

TEST_CASE("errors travel through TEE_TRY and TEE_CHECK unchanged") {
  CHECK(quarter(8).value() == 2);
  const Result<int> bad = quarter(6);
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().code == &code::input_malformed);
  CHECK(bad.error().message == "odd");
  CHECK(bad.error().hint == "use an even number");
  const Error wrapped = Error(bad.error()).within("inner").within("outer");
  CHECK(wrapped.context == std::vector<std::string>{"inner", "outer"});
}
