// Every byte of what is signed, of the keys and of the signatures changed; every length cut: never a pass,
// never a crash.
#include "helpers.h"

using namespace tee;
using namespace tee::test;

namespace {

// Without collateral the verdict stays open for a good quote, so a change must fail: nothing else can be
// wrong with it.
void sweep(const m::Made& w, std::size_t end, std::size_t step) {
  const Bytes quote = w.quote.encode();
  const AppraisalOptions options = options_for(w);
  REQUIRE_FALSE(failed(judge(quote, {}, options)));
  for (std::size_t i = 0; i < end; i += step) {
    Bytes changed = quote;
    changed[i] = static_cast<std::uint8_t>(changed[i] ^ (1u << (i % 8)));
    const Verifier& room = tdx::verifier().recognise(changed) ? tdx::verifier() : sgx::verifier();
    Findings found;
    room.verify({changed, {}, options}, found);
    CAPTURE(i);
    CHECK(failed(found));
  }
}

std::size_t before_certificates(const m::Made& w) {
  return w.quote.encode().size() - w.quote.certification.size();
}

}  // namespace

TEST_CASE("bad-sweep-tdx: any changed byte up to the certificates") {
  const m::Made w = made_tdx();
  sweep(w, before_certificates(w), 1);
}

TEST_CASE("bad-sweep-sgx: any changed byte up to the certificates") {
  const m::Made w = made_sgx();
  sweep(w, before_certificates(w), 1);
}

TEST_CASE("bad-sweep-v5: any third byte of the extended form") {
  const m::Made w = made(m::usual_world(m::For::tdx, 5, m::Body::td15_extended));
  sweep(w, before_certificates(w), 3);
}

TEST_CASE("bad-sweep-certificates: changed letters of the chain never pass") {
  const m::Made w = made_tdx();
  const Bytes quote = w.quote.encode();
  const CollateralSet collateral = collateral_for(w);
  const AppraisalOptions options = options_for(w);
  std::size_t passed = 0;
  for (std::size_t i = before_certificates(w); i + 1 < quote.size(); i += 7) {
    Bytes changed = quote;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (changed[i] == quote[i]) continue;
    CAPTURE(i);
    const bool pass = passes(judge(changed, collateral, options));
    passed += pass;
    CHECK_FALSE(pass);
  }
  CHECK(passed == 0);
}

TEST_CASE("bad-truncation: no shorter evidence passes") {
  for (const m::Made& w : {made_tdx(), made_sgx()}) {
    const Bytes quote = w.quote.encode();
    const AppraisalOptions options = options_for(w);
    for (std::size_t size = 0; size < quote.size(); ++size) {
      CAPTURE(size);
      CHECK(failed(judge(ByteView(quote).first(size), {}, options)));
    }
  }
}

TEST_CASE(
    "bad-sweep-collateral: any changed byte of a document, a list or the signing certificate never passes") {
  const m::Made w = made_tdx();
  const Bytes quote = w.quote.encode();
  const AppraisalOptions options = options_for(w);
  const std::vector<mint::Artifact> files = w.collateral();
  for (std::size_t f = 0; f < files.size(); ++f) {
    CollateralSet others;
    for (std::size_t g = 0; g < files.size(); ++g)
      if (g != f) others.merge(read_collateral(files[g].bytes, files[g].name, Origin::supplied).value());
    // The second certificate of the chain file is the root, which the anchor replaces; blanks of PEM say
    // nothing.
    const bool pem = files[f].name.ends_with(".pem");
    const std::size_t end = pem ? as_text(files[f].bytes).find("-----END") : files[f].bytes.size();
    for (std::size_t i = 0; i < end; i += 11) {
      if (pem && files[f].bytes[i] <= ' ') continue;
      Bytes changed = files[f].bytes;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ 0x01);
      auto one = read_collateral(changed, files[f].name, Origin::supplied);
      if (!one) continue;
      CollateralSet all = others;
      all.merge(*std::move(one));
      CAPTURE(files[f].name);
      CAPTURE(i);
      CHECK_FALSE(passes(judge(quote, all, options)));
    }
  }
}
