// inspect decodes and never judges.
#include "verify/inspect.h"

#include "samples.h"

using namespace tee;
using namespace tee::test;

TEST_CASE("inspect: collateral files are decoded too") {
  const Result<Json> j = verify::inspect(
      recognise_text(std::string_view(R"({"tcbInfo":{"id":"TDX","fmspc":"00"},"signature":""})")));
  REQUIRE(j);
  CHECK((*j)["schema"] == "tee.inspection/1");
  CHECK((*j)["verified"] == false);
  CHECK((*j)["subject"]["form"] == "collateral");
  CHECK((*j)["subject"]["type"].is_null());
  CHECK((*j)["collateral"]["documents"][0]["kind"] == "tcb_info");
  CHECK((*j)["collateral"]["documents"][0]["id"] == "TDX");
}

TEST_CASE("inspect: what cannot be decoded is an error with its reason") {
  const Result<Json> nothing = verify::inspect(recognise_text(std::string_view("hello world")));
  REQUIRE(!nothing);
  CHECK(nothing.error().code->name == "evidence.unrecognised");
}

TEST_CASE("inspect: decoded evidence stands under its own key, hints apart") {
  Json e = snp_envelope();
  e["binding"] = {{"scheme", "raw"}, {"nonce", "01"}};
  const verify::Subject s = recognise(e);
  const Result<Json> j = verify::inspect(s);
  if (!provider_built(Provider::amd_sev_snp)) {
    REQUIRE(!j);
    CHECK(j.error().code->name == "provider.not_built");
    return;
  }
  REQUIRE(j);
  CHECK((*j)["verified"] == false);
  CHECK((*j)["subject"]["provider"] == "amd_sev_snp");
  CHECK((*j)["decoded"].is_object());
  CHECK((*j)["binding"]["scheme"] == "raw");
}
