// A fake token issuer: what a token, its key set and the question put to the verifier are made of, and how
// one is spoiled. Part of lib/mint (floor F3), shared by the fake Google and the fake Microsoft.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json.h"
#include "crypto/sign.h"
#include "mint/mint.h"

namespace tee::mint::token {

// The time at which good tokens are judged, one minute after they were issued.
inline constexpr Time kNow = unix_time(1'790'000'060);
inline constexpr std::int64_t kIssued = 1'790'000'000;

// Keys, each generated once per process.
const crypto::PrivateKey& signing_key();   // what the issuer signs with
const crypto::PrivateKey& second_key();    // the other key of its key set
const crypto::PrivateKey& stranger_key();  // in no key set
const crypto::PrivateKey& short_key();     // RSA 1024
const crypto::PrivateKey& p256_key();
const crypto::PrivateKey& p384_key();
const crypto::PrivateKey& ed25519_key();

// Everything that makes one Case. A variant changes some of it before the token is signed, or the token
// afterwards.
struct Plan {
  Json header, claims;
  std::string kid, second_kid, issuer;
  std::string provider, type;  // as an envelope names them
  Json keys = Json::array();   // of the key set
  const crypto::PrivateKey* signer = nullptr;
  crypto::Scheme scheme = crypto::Scheme::rsa_pkcs1_sha256;
  std::optional<std::string> header_text, claims_text;  // instead of the JSON values above
  std::function<void(std::string&)> spoil;              // on the signed token
  std::function<void(Plan&, Case&)> wrap;               // on the finished case: other files, an envelope
  bool with_key_set = true;

  Time at = kNow;
  std::vector<std::string> flags;
  std::vector<Artifact> collateral;  // beside the key set
  std::vector<std::pair<std::string, Artifact>> files;  // option -> file
  std::vector<std::pair<std::string, Artifact>> anchors;
  int exit = 0;
  std::string code;

  void fails(std::string with) { exit = 1, code = std::move(with); }
  void undecided(std::string with) { exit = 4, code = std::move(with); }
};

struct Row {
  std::string_view name, what;
  std::function<void(Plan&)> change;
};

// n and e, kid, use and alg; an EC key gets its curve and coordinates, an Ed25519 key its point.
Json jwk(const crypto::PublicKey& key, std::string_view kid);
Json key_set(const Json& keys);
// header "." claims "." signature, with `scheme` of the plan.
Result<std::string> sign(const Plan& plan);
Result<Case> finish(Plan plan, std::string_view name);

// Claims written out member by member, so that a member can stand twice.
std::string with_second_member(const Json& object, std::string_view member, const Json& value);

// Mutations that hold for every issuer of compact tokens with RS256 and a key set.
std::span<const Row> format_rows();     // spelling, sizes, JSON
std::span<const Row> signature_rows();  // algorithms, key ids, key sets, header tricks
std::span<const Row> time_rows();

// Rows of several tables as one table of variants, and the row of a name.
std::vector<Row> join(std::initializer_list<std::span<const Row>> tables);
std::vector<Variant> variants_of(const std::vector<Row>& rows);
Result<Case> make(const std::vector<Row>& rows, std::string_view name, const std::function<Plan()>& base);

}  // namespace tee::mint::token
