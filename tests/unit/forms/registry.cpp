// The tables: one room per type, codes that are unique and explained.
#include "verify/registry.h"

#include <doctest/doctest.h>

#include <set>

using namespace tee;

TEST_CASE("registry: every row complete, one per type") {
  std::set<EvidenceType> types;
  for (const Verifier& v : verifiers()) {
    CAPTURE(to_string(v.type));
    CHECK((v.recognise != nullptr));
    CHECK((v.verify != nullptr));
    CHECK((v.inspect != nullptr));
    CHECK((v.workload != nullptr));
    CHECK(types.insert(v.type).second);
    CHECK(verifier_for(v.type)->type == v.type);
    if (const auto provider = provider_of(v)) CHECK(provider_built(*provider));
  }
}

TEST_CASE("codes: sorted, unique, explained, findable") {
  const auto& codes = all_codes();
  REQUIRE(codes.size() > 60);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const Code& c = *codes[i];
    CAPTURE(c.name);
    if (i > 0) CHECK(codes[i - 1]->name < c.name);
    CHECK(c.name.find('.') != std::string_view::npos);
    CHECK(!c.title.empty());
    CHECK(!c.title.ends_with('.'));
    CHECK(c.explain.size() > 20);
    CHECK(code_named(c.name) == &c);
  }
  CHECK(code_named("no.such.code") == nullptr);
}
