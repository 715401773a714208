#include "base/codes.h"

namespace tee {

std::string_view to_string(Category category) {
  switch (category) {
    case Category::subject: return "subject";
    case Category::usage: return "usage";
    case Category::operator_input: return "operator_input";
    case Category::inconclusive: return "inconclusive";
    case Category::platform: return "platform";
    case Category::internal: return "internal";
    case Category::note: return "note";
  }
  return "internal";
}

}  // namespace tee
