// Real tokens and keys of other services, where they are at hand: what the pieces of the engine say about
// them.
#include <doctest/doctest.h>

#include <cstdlib>

#include "base/env.h"
#include "codec/jwt.h"
#include "providers/shared/token/algorithm.h"
#include "providers/shared/token/jwks.h"

using namespace tee;

namespace {

std::string folder() {
  const char* given = std::getenv("TEE_VECTORS");
  return given ? given : TEE_SOURCE_DIR "/../shared/vectors";
}
bool absent() { return !is_folder(folder() + "/eat"); }
Bytes file(const std::string& name) { return read_file(folder() + "/" + name).value(); }

token::Jwk key_file(const std::string& name) {
  const Bytes text = file(name);
  return token::parse_jwk(json::parse(as_text(text)).value());
}

bool holds(const std::string& token_file, const crypto::PublicKey& key) {
  const Bytes text = file(token_file);
  const jwt::Compact jws = jwt::parse(text).value();
  const token::Algorithm* algorithm = token::algorithm_named(json::text_of(jws.header, "alg").value_or(""));
  REQUIRE(algorithm);
  return token::verify(*algorithm, key, as_bytes(jws.signing_input), jws.signature);
}

}  // namespace

TEST_CASE("token vectors: a key stands in a certificate, in numbers, or in both" * doctest::skip(absent())) {
  for (const char* good : {"01", "03", "04", "05", "06", "07"}) {
    CAPTURE(good);
    const token::Jwk key = key_file("eat/scenario" + std::string(good) + "-jwk.json");
    CAPTURE(key.problem);
    CHECK(key.key.has_value());
  }
  CHECK(key_file("eat/scenario02-jwk.json").problem ==
        "the certificate holds another key than the numbers say");
}

TEST_CASE("token vectors: ES256 signatures of another verifier" * doctest::skip(absent())) {
  const token::Jwk key = key_file("eat/ear-veraison-test.jwk.json");
  REQUIRE(key.key.has_value());
  CHECK(holds("eat/ear-veraison-nojwk.jwt", *key.key));
  CHECK(holds("eat/ear-veraison-jwk-header.jwt", *key.key));
  CHECK_FALSE(holds("eat/ear-trustee-realm.jwt", *key.key));
}
