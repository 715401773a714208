// Quotes that are none, are signed otherwise than the attestation key signs, or cover other PCRs than
// promised.
#include <utility>

#include "mint/vtpm/scene.h"

namespace tee::mint::vtpm {

namespace {

Row& bad(std::vector<Row>& rows, std::string name, std::string what, std::string code) {
  return rows.emplace_back(Row{std::move(name), std::move(what), 1, std::move(code)});
}

void quote(std::vector<Row>& rows, std::string name, std::string what, std::string code,
           std::function<void(QuoteSpec&)> change) {
  bad(rows, std::move(name), std::move(what), std::move(code)).scene =
      [change = std::move(change)](Scene& s) { change(s.quote); };
}

void drop_end(Bytes& b, std::ptrdiff_t count) { b.erase(b.end() - count, b.end()); }

void add_structure(std::vector<Row>& rows) {
  quote(rows, "bad-quote-magic", "signed, but not made inside the TPM", "vtpm.not_a_quote",
        [](QuoteSpec& q) { q.magic = 0xff544346; });
  quote(rows, "bad-quote-certify", "the AK certified a key instead (8017)", "vtpm.not_a_quote",
        [](QuoteSpec& q) { q.type = 0x8017; });
  quote(rows, "bad-quote-nv", "the AK certified an NV index instead (8014)", "vtpm.not_a_quote",
        [](QuoteSpec& q) { q.type = 0x8014; });
  quote(rows, "bad-quote-tail", "a byte after the quote", "input.malformed",
        [](QuoteSpec& q) { q.tail = {0}; });
  quote(rows, "bad-quote-signer-length", "qualifiedSigner reaches past the end", "input.malformed",
        [](QuoteSpec& q) { q.signer_size = 0xffff; });
  // count 1, SHA-256, a bitmap of four bytes whose last one is not zero, an empty digest
  bad(rows, "bad-quote-pcr-24", "a PCR that does not exist is selected", "input.malformed").scene =
      [](Scene& s) {
        s.attest = [](Bytes& b) {
          drop_end(b, 4 + 2 + 1 + 3 + 2 + 32);
          append(b, Bytes{0, 0, 0, 1, 0, 0x0b, 4, 0xff, 0xff, 0xff, 1, 0, 0});
        };
      };
  for (const int cut : {1, 33, 35, 42, 60})
    bad(rows, "bad-quote-cut-" + std::to_string(cut), "the end of the quote is missing", "input.malformed")
        .scene = [cut](Scene& s) { s.attest = [cut](Bytes& b) { drop_end(b, cut); }; };
}

void add_signature(std::vector<Row>& rows) {
  bad(rows, "bad-quote-by-ek", "the encryption key signed", "signature.invalid").scene = [](Scene& s) {
    s.signature.key = Key::encryption;
  };
  bad(rows, "bad-quote-changed", "the quote was changed after signing", "signature.invalid").scene =
      [](Scene& s) {
        s.evidence = [](Json& e) {
          std::string text = e["tpm_quote"]["message"];
          text[2 * 82 - 1] = text[2 * 82 - 1] == '0' ? '1' : '0';  // inside clockInfo
          e["tpm_quote"]["message"] = text;
        };
      };
  for (const std::size_t size : {std::size_t{0}, std::size_t{255}, std::size_t{257}})
    bad(rows, "bad-signature-" + std::to_string(size) + "-bytes",
        "a bare signature of another length than the key", "signature.invalid")
        .scene = [size](Scene& s) { s.signature_bytes = [size](Bytes& b) { b.resize(size); }; };
  const auto scheme = [&](std::string name, std::string what, std::uint16_t alg, std::uint16_t hash) {
    bad(rows, std::move(name), std::move(what), "vtpm.scheme").scene = [alg, hash](Scene& s) {
      s.signature.form = SignatureSpec::Form::tpmt;
      s.signature.scheme = alg;
      s.signature.hash = hash;
    };
  };
  scheme("bad-signature-pss", "signed with RSAPSS, which Azure's key never does", kRsaPss, kSha256);
  scheme("bad-signature-sha384", "signed with SHA-384, which Azure's key never does", kRsaSsa, kSha384);
  scheme("bad-signature-sha1", "TPMT_SIGNATURE says SHA-1", kRsaSsa, kSha1);
  bad(rows, "bad-signature-bare-pss", "a bare RSAPSS signature", "signature.invalid").scene = [](Scene& s) {
    s.signature.scheme = kRsaPss;
  };
}

void add_selection(std::vector<Row>& rows) {
  // The init-data spoof: PCR 8 is left out of the quote and forged beside it.
  bad(rows, "bad-pcr8-outside-selection", "PCR 8 is not quoted and forged beside the quote",
      "vtpm.pcr_selection")
      .scene = [](Scene& s) {
    s.quote.selections[0].bits &= ~(1u << 8);
    s.pcrs[8] = Bytes(32, 0x11);
  };
  quote(rows, "bad-sha1-bank", "the SHA-1 bank is quoted", "vtpm.pcr_selection",
        [](QuoteSpec& q) { q.selections[0].bank = kSha1; });
  quote(rows, "bad-unknown-bank", "a bank of an unknown algorithm is quoted", "vtpm.pcr_selection",
        [](QuoteSpec& q) { q.selections[0].bank = 0x0012; });
  quote(rows, "bad-two-banks", "two banks are quoted", "vtpm.pcr_selection", [](QuoteSpec& q) {
    q.selections = {Selection{kSha256, 0xffffff}, Selection{kSha384, 0xffffff}};
  });
  quote(rows, "bad-bank-twice", "one bank is quoted in two halves", "vtpm.pcr_selection", [](QuoteSpec& q) {
    q.selections = {Selection{kSha256, 0x0000ff}, Selection{kSha256, 0xffff00}};
  });
  quote(rows, "bad-no-bank", "no bank is quoted", "vtpm.pcr_selection",
        [](QuoteSpec& q) { q.selections.clear(); });
  quote(rows, "bad-sha384-bank", "the SHA-384 bank is quoted, values of SHA-256 stand beside it",
        "vtpm.pcr_digest", [](QuoteSpec& q) { q.selections[0].bank = kSha384; });
}

}  // namespace

void add_quote_rows(std::vector<Row>& rows) {
  add_structure(rows);
  add_signature(rows);
  add_selection(rows);
}

void add_pcr_rows(std::vector<Row>& rows) {
  const auto values = [&](std::string name, std::string what, std::string code,
                          std::function<void(Pcrs&)> change) {
    bad(rows, std::move(name), std::move(what), std::move(code)).scene =
        [change = std::move(change)](Scene& s) { change(s.pcrs); };
  };
  values("bad-pcr-forged", "one value is not the quoted one", "vtpm.pcr_digest",
         [](Pcrs& p) { p[11][0] ^= 1; });
  values("bad-pcrs-swapped", "two values have changed places", "vtpm.pcr_digest",
         [](Pcrs& p) { std::swap(p[8], p[23]); });
  values("bad-23-pcrs", "one value is missing", "vtpm.pcr_selection", [](Pcrs& p) { p.pop_back(); });
  values("bad-25-pcrs", "one value too many", "vtpm.pcr_selection", [](Pcrs& p) { p.push_back(p[0]); });
  values("bad-pcr-48-bytes", "a value longer than its bank's digest", "vtpm.pcr_digest",
         [](Pcrs& p) { p[11].resize(48); });
  values("bad-pcr-boundary-moved", "the same bytes, cut at another place", "vtpm.pcr_digest", [](Pcrs& p) {
    p[0].push_back(p[1].front());
    p[1].erase(p[1].begin());
  });
  quote(rows, "bad-pcr-digest-20", "a digest of 20 bytes", "vtpm.pcr_digest",
        [](QuoteSpec& q) { q.pcr_digest = Bytes(20, 0x22); });
  quote(rows, "bad-pcr-digest-empty", "an empty digest", "vtpm.pcr_digest",
        [](QuoteSpec& q) { q.pcr_digest = Bytes(); });
}

}  // namespace tee::mint::vtpm
