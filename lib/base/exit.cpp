#include "base/exit.h"

namespace tee {

Exit exit_for(Category category) {
  switch (category) {
    case Category::subject: return Exit::negative;
    case Category::usage: return Exit::usage;
    case Category::operator_input: return Exit::operator_input;
    case Category::inconclusive: return Exit::inconclusive;
    case Category::platform: return Exit::platform;
    case Category::internal: return Exit::internal;
    case Category::note: return Exit::pass;
  }
  return Exit::internal;
}

namespace {

int precedence(Exit e) {
  switch (e) {
    case Exit::internal: return 6;
    case Exit::usage: return 5;
    case Exit::negative: return 4;
    case Exit::operator_input: return 3;
    case Exit::inconclusive: return 2;
    case Exit::platform: return 1;
    case Exit::pass: return 0;
  }
  return 6;
}

}  // namespace

Exit worse(Exit a, Exit b) { return precedence(a) >= precedence(b) ? a : b; }

}  // namespace tee
