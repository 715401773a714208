// Tokens: what jwt::parse accepts has exactly one spelling, and no input that the fuzzer can make up is a
// token whose signature holds. Input is a token as it is, or, where it has line breaks, a header, claims and
// a key set or an EAR verifier's key, one a line, so that the JSON inside is reached without base64 in the way.
#include <array>

#include "base/encoding.h"
#include "codec/jwt.h"
#include "evidence/provider.h"
#include "require.h"
#include "verify/ear_key.h"

#if TEE_WITH_GCP
#include "providers/gcp/verifier.h"
#endif
#if TEE_WITH_AZURE
#include "providers/azure/verifier.h"
#endif
#if TEE_WITH_NVIDIA
#include "providers/nvidia/verifier.h"
#endif
#if TEE_WITH_EAR
#include "providers/ear/verifier.h"
#endif

using namespace tee;

namespace {

void check_spelling(ByteView text) {
  const Result<jwt::Compact> token = jwt::parse(text);
  if (!token) {
    FUZZ_REQUIRE(printable(token.error().message, SIZE_MAX) == token.error().message);
    return;
  }
  FUZZ_REQUIRE(jwt::looks_compact(text));
  FUZZ_REQUIRE(token->header.is_object() && token->payload.is_object() && !token->signature.empty());
  const std::string_view input = token->signing_input;
  const std::size_t dot = input.find('.');
  const auto decoded = [](std::string_view part) { return from_base64(part, Base64::url).value(); };
  const Bytes header = decoded(input.substr(0, dot)), payload = decoded(input.substr(dot + 1));
  const std::string again =
      jwt::signing_input(as_text(header), as_text(payload)) + "." + base64(token->signature, Base64::url);
  FUZZ_REQUIRE(again == jwt::without_line_end(text));
}

// The public key of RFC 6979, A.2.5; nothing in the corpus is signed with it.
const crypto::PublicKey& verifiers_key() {
  static const crypto::PublicKey key =
      crypto::ec_key(crypto::Curve::p256, from_hex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6").value(),
                     from_hex("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299").value())
          .value();
  return key;
}

[[maybe_unused]] void judge(ByteView token, const CollateralSet& collateral, const Verifier& room) {
  if (!room.recognise(token)) return;
  AppraisalOptions options;
  options.at = unix_time(1'790'000'060);
  options.ear.key = verifiers_key();
  options.ear.audience = "ci.example";
  options.ear.policies.emplace_back();
  Findings out;
  room.verify({token, collateral, options}, out);
  FUZZ_REQUIRE(!out.checks.empty());
  for (const Check& c : out.checks) {
    FUZZ_REQUIRE(!c.id.ends_with(".signature") || c.status != CheckStatus::pass);
    FUZZ_REQUIRE(printable(c.message + c.expected + c.actual, SIZE_MAX) == c.message + c.expected + c.actual);
  }
  (void)room.workload({}, out, options);
  (void)room.inspect(token);
}

void judge_everywhere([[maybe_unused]] ByteView token, [[maybe_unused]] const CollateralSet& collateral) {
#if TEE_WITH_GCP
  for (const Verifier& room : gcp::verifiers()) judge(token, collateral, room);
#endif
#if TEE_WITH_AZURE
  for (const Verifier& room : azure::verifiers()) judge(token, collateral, room);
#endif
#if TEE_WITH_NVIDIA
  for (const Verifier& room : nvidia::verifiers())
    if (room.type == EvidenceType::nvidia_nras_token) judge(token, collateral, room);
#endif
#if TEE_WITH_EAR
  judge(token, collateral, ear::verifier());
#endif
}

std::array<std::string_view, 3> lines(std::string_view text) {
  std::array<std::string_view, 3> out;
  for (std::string_view& line : out) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// As long as the algorithm's signatures are: a wrong length is refused before anything is computed.
std::size_t signature_size(std::string_view header) {
  if (header.find("ES384") != std::string_view::npos) return 96;
  return header.find("ES256") != std::string_view::npos || header.find("EdDSA") != std::string_view::npos ? 64 : 256;
}

void check_ear_key(ByteView file) {
  const Result<crypto::PublicKey> key = verify::read_ear_key(file);
  if (!key) FUZZ_REQUIRE(printable(key.error().message, SIZE_MAX) == key.error().message);
  else FUZZ_REQUIRE(key->rsa() == nullptr && !crypto::encode_spki(*key).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  check_spelling(input);
  judge_everywhere(input, {});

  const auto [header, claims, keys] = lines(as_text(input));
  const std::string token = jwt::signing_input(header, claims) + "." + base64(Bytes(signature_size(header), 1), Base64::url);
  CollateralSet collateral;
  DocumentItem item;
  item.kind = DocumentKind::jwks;
  item.body = to_bytes(as_bytes(keys));
  collateral.documents.push_back(std::move(item));
  check_spelling(as_bytes(token));
  check_ear_key(as_bytes(keys));
  check_ear_key(input);
  judge_everywhere(as_bytes(token), collateral);
  return 0;
}
