#include "providers/shared/vtpm/quote.h"

#include "base/encoding.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "providers/shared/vtpm/codes.h"

namespace tee::vtpm {

namespace {

std::string shown(const SchemeOfKey& s) {
  const auto id = [](std::uint16_t alg) {
    const Bytes big_endian{static_cast<std::uint8_t>(alg >> 8), static_cast<std::uint8_t>(alg)};
    return "TPM algorithm " + hex(big_endian);
  };
  return id(s.scheme) + " with " + id(s.hash);
}

bool check_signature(const QuoteInput& in, Findings& out) {
  const std::string id = "vtpm.quote.signature";
  if (in.scheme_of_key && (in.signature.scheme != in.scheme_of_key->scheme || in.signature.hash != in.scheme_of_key->hash)) {
    out.fail(Area::signature, id, code::scheme, "the quote is signed in another way than its key signs", shown(*in.scheme_of_key),
             shown({in.signature.scheme, in.signature.hash}));
    return false;
  }
  const auto checkable_form = checkable(in.signature, in.key);
  if (!checkable_form) {
    out.fail(Area::signature, id, code::scheme, "the quote is signed with an algorithm that is not accepted");
    return false;
  }
  if (!crypto::verify(in.key, checkable_form->scheme, in.attest, checkable_form->bytes, crypto::EcForm::raw)) {
    out.fail(Area::signature, id, tee::code::signature_invalid, "the attestation key does not verify the quote");
    return false;
  }
  out.pass(Area::signature, id, "the attestation key verifies the quote");
  return true;
}

// One bank of SHA-256 or larger; all 24 PCRs where the form promises them.
const PcrSelection* check_selection(const QuoteInput& in, const QuoteInfo& q, Findings& out) {
  const std::string id = "vtpm.quote.pcrs";
  if (q.selections.size() != 1) {
    out.fail(Area::signature, id, code::pcr_selection, "the quote covers another number of PCR banks", "1", std::to_string(q.selections.size()));
    return nullptr;
  }
  const PcrSelection& s = q.selections.front();
  const auto bank = hash_of(s.bank);
  if (!bank || *bank == crypto::Hash::sha1) {
    out.fail(Area::signature, id, code::pcr_selection, "the quoted PCR bank is not SHA-256 or larger");
    return nullptr;
  }
  if (in.all_pcrs_required && (s.count() != kPcrCount || in.pcrs.size() != kPcrCount)) {
    out.fail(Area::signature, id, code::pcr_selection, "the quote must cover all PCRs, with a value for each", "24 and 24",
             std::to_string(s.count()) + " and " + std::to_string(in.pcrs.size()));
    return nullptr;
  }
  return &s;
}

PcrValues covered_values(const QuoteInput& in, const PcrSelection& s) {
  PcrValues values;
  for (unsigned i = 0; i < in.pcrs.size() && i < kPcrCount; ++i)
    if (s.has(i)) values[i] = in.pcrs[i];
  return values;
}

}  // namespace

std::optional<QuoteInfo> quote_info(ByteView attest) {
  auto parsed = parse_attest(attest);
  if (!parsed) return std::nullopt;
  return *std::move(parsed);
}

PcrValues judge_quote(const QuoteInput& in, Findings& out) {
  out.signed_bytes_sha256 = to_bytes(crypto::sha256(in.attest));
  const bool signed_by_key = check_signature(in, out);
  const auto q = parse_attest(in.attest);
  if (!q) {
    out.fail(Area::form, "vtpm.quote", q.error());
    return {};
  }
  if (q->magic != kMagic || q->type != kTypeQuote) {
    out.fail(Area::form, "vtpm.quote", code::not_a_quote, "the signed structure is no TPM quote");
    return {};
  }
  out.pass(Area::form, "vtpm.quote", "the structure is a TPM quote");
  if (q->safe != 1) out.warn(code::unsafe_clock, "the TPM's clock may have gone back");
  const PcrSelection* selection = check_selection(in, *q, out);
  if (!selection) return {};
  // The digest is of the signing scheme's hash, not of the bank's.
  const auto hash = hash_of(in.signature.hash);
  PcrValues values = covered_values(in, *selection);
  const auto digest = hash ? digest_of(*selection, values, *hash) : std::nullopt;
  if (!digest || !equal(*digest, q->pcr_digest)) {
    out.fail(Area::signature, "vtpm.quote.pcrs", code::pcr_digest, "the PCR values do not give the quoted digest", hex(q->pcr_digest),
             digest ? hex(*digest) : "(values missing or of another size)");
    return {};
  }
  out.pass(Area::signature, "vtpm.quote.pcrs", std::to_string(selection->count()) + " PCR values give the quoted digest");
  return signed_by_key ? values : PcrValues{};
}

void state_pcrs(const PcrValues& values, Claims& claims) {
  for (const auto& [index, value] : values) claims["pcr" + std::to_string(index)] = value;
}

}  // namespace tee::vtpm
