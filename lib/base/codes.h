// Stable codes: every reason and every error has one, with the text that `explain CODE` prints. Floor F0.
//
// A Code is a constant with a dotted name. The codes of this floor stand in base/codes.def; each room above
// keeps its own codes.def of the same form (TEE_CODE rows) and a codes.h that includes it. verify/all_codes.cpp
// gathers all of them for `explain`, the man page and the tests. Names never change meaning once released.
#pragma once

#include <string_view>

namespace tee {

// What kind of problem a code is; decides the exit status of an Error and the verdict of a check.
enum class Category {
  subject,         // the evidence is bad or the answer is no        -> verdict fail, exit 1
  usage,           // the command line is wrong                      -> exit 2
  operator_input,  // a file that the operator named is unusable     -> exit 3
  inconclusive,    // more input or a retry may settle it            -> verdict inconclusive, exit 4
  platform,        // device absent, denied, provider not built      -> exit 5
  internal,        // our bug                                        -> exit 70
  note,            // a remark in warnings[] that decides nothing
};

struct Code {
  std::string_view name;      // "snp.vek.missing"
  Category category;
  std::string_view title;     // one line, no final period
  std::string_view explain;   // what it means, how it comes about, what to do; may name loosening flags
};

std::string_view to_string(Category category);

namespace code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "base/codes.def"
#undef TEE_CODE
}  // namespace code

}  // namespace tee
