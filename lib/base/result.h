// Result and Error: how "could not do it" travels. Floor F0.
//
// A verdict about evidence is never an Error: verdicts are data (evidence/findings.h). An Error says that the
// tool itself could not do what was asked; its code's category decides the exit status (base/exit.h).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "base/codes.h"

namespace tee {

struct Error {
  const Code* code = nullptr;        // never null in a live Error
  std::string message;               // one line of fact: what was expected, what was found
  std::string hint;                  // what to do about it; may be empty; never loosens, holds no foreign bytes
  std::vector<std::string> context;  // outermost last; printed outermost first

  Error(const Code& c, std::string msg, std::string hint_text = {})
      : code(&c), message(std::move(msg)), hint(std::move(hint_text)) {}
  Error&& within(std::string what) && {
    context.push_back(std::move(what));
    return std::move(*this);
  }
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(const Code& code, std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error(code, std::move(message), std::move(hint)));
}

}  // namespace tee

// TEE_TRY(auto x, expr): x = value of expr, or return its Error. TEE_CHECK(expr): the same for a Status.
// Both declare names, so never use them as the body of a brace-less if.
#define TEE_CONCAT2_(a, b) a##b
#define TEE_CONCAT_(a, b) TEE_CONCAT2_(a, b)
#define TEE_TRY_(tmp, decl, ...)                                             \
  auto tmp = (__VA_ARGS__);                                                  \
  if (!tmp) [[unlikely]] return ::tl::unexpected(std::move(tmp).error());    \
  decl = *std::move(tmp)
#define TEE_TRY(decl, ...) TEE_TRY_(TEE_CONCAT_(tee_try_, __LINE__), decl, __VA_ARGS__)
#define TEE_CHECK_(tmp, ...)  \
  auto tmp = (__VA_ARGS__);   \
  if (!tmp) [[unlikely]] return ::tl::unexpected(std::move(tmp).error())
#define TEE_CHECK(...) TEE_CHECK_(TEE_CONCAT_(tee_check_, __LINE__), __VA_ARGS__)
