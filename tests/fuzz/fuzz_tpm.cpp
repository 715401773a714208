// TPM structures over any bytes: as TPMS_ATTEST, TPMT_SIGNATURE and TPMT_PUBLIC, and as the JSON of a bare
// quote. What is decoded keeps to its sizes; no quote that a fuzzer can write gives PCR values, and nothing
// passes without a key.
#include "base/encoding.h"
#include "providers/shared/vtpm/quote.h"
#include "require.h"

#if TEE_WITH_TPM
#include "providers/tpm/verifier.h"
#endif

using namespace tee;

namespace {

void check_attest(ByteView input) {
  const auto q = vtpm::parse_attest(input);
  if (!q) return;
  FUZZ_REQUIRE(q->extra_data.size() + q->qualified_signer.size() + q->pcr_digest.size() <= input.size());
  FUZZ_REQUIRE(q->selections.size() <= 16);
  for (const vtpm::PcrSelection& s : q->selections)
    FUZZ_REQUIRE(s.count() <= vtpm::kPcrCount && (s.bits >> vtpm::kPcrCount) == 0);
}

void check_public(ByteView input) {
  const auto p = vtpm::parse_public(input);
  if (!p) return;
  FUZZ_REQUIRE(p->key.rsa() || p->key.ec());
  FUZZ_REQUIRE(p->name.size() > 2);
  FUZZ_REQUIRE(!p->is_attestation_key() || (p->restricted() && p->signs() && !p->decrypts()));
}

// A key whose private half nobody has: the generator of P-256.
crypto::PublicKey some_key() {
  return *crypto::ec_key(crypto::Curve::p256,
                         *from_hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
                         *from_hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
}

void check_signature(ByteView input) {
  const auto s = vtpm::parse_signature(input);
  if (!s) return;
  static const crypto::PublicKey key = some_key();
  if (const auto form = vtpm::checkable(*s, key)) FUZZ_REQUIRE(form->bytes.size() == 64);
  vtpm::QuoteInput quote;
  quote.attest = input;
  quote.signature = *s;
  quote.key = key;
  quote.pcrs.assign(vtpm::kPcrCount, Bytes(32, 0));
  Findings found;
  FUZZ_REQUIRE(vtpm::judge_quote(quote, found).empty());
}

#if TEE_WITH_TPM
void check_evidence(ByteView input) {
  const Verifier& room = tpm::verifier();
  if (!room.recognise(input)) return;
  AppraisalOptions options;
  options.at = unix_time(1768478400);
  Findings found;
  room.verify({input, CollateralSet{}, options}, found);
  bool passes = true;
  for (const Check& c : found.checks) passes &= c.status == CheckStatus::pass;
  FUZZ_REQUIRE(!passes);
  (void)room.inspect(input);
}
#else
void check_evidence(ByteView) {}
#endif

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  check_attest(input);
  check_public(input);
  check_signature(input);
  check_evidence(input);
  return 0;
}
