// Decoding without judging.
#include <doctest/doctest.h>

#include "base/encoding.h"
#include "mint/nitro/document.h"
#include "providers/nitro/codes.h"
#include "providers/nitro/verifier.h"

using namespace tee;
using namespace tee::mint::nitro;

TEST_CASE("nitro inspect: fields, signature size and each certificate") {
  const Made made = build(Row{}).value();
  const Result<Json> j = nitro::verifiers()[0].inspect(made.message.encode());
  REQUIRE(j.has_value());
  CHECK((*j)["module_id"] == usual_facts().module_id);
  CHECK((*j)["pcrs"]["4"] == hex(usual_facts().pcrs.at(4)));
  CHECK((*j)["signature"]["bytes"] == 96);
  CHECK((*j)["signature"]["algorithm"] == -35);
  REQUIRE((*j)["certificates"].size() == 5);
  CHECK((*j)["certificates"][0]["role"] == "leaf");
  CHECK((*j)["certificates"][4]["role"] == "root");
  CHECK((*j)["certificates"][1]["key"] == "EC P-384");
}

TEST_CASE("nitro inspect: a certificate that cannot be parsed is said to be so") {
  Row row;
  row.payload = [](Map& m) { m.set("certificate", bytes_item(Bytes(64, 0))); };
  const Result<Json> j = nitro::verifiers()[0].inspect(build(row).value().message.encode());
  REQUIRE(j.has_value());
  CHECK((*j)["certificates"][0].contains("error"));
}

TEST_CASE("nitro inspect: what is no message is an error") {
  const Result<Json> j = nitro::verifiers()[0].inspect(Bytes{0x84, 0x01});
  REQUIRE_FALSE(j.has_value());
  CHECK(j.error().code == &nitro::code::cose);
}
