// AMD's certificate extensions, and which certificate belongs to a report.
#include "providers/snp/certificates.h"

#include "helpers.h"
#include "providers/snp/endorsement.h"

using namespace tee;
using namespace tee::test;
using mint::snp::set_extension;

namespace {

snp::VekProfile profile_with(std::string_view suffix, const Bytes& value) {
  const Made m = made();
  mint::CertificateSpec spec = m.scene.vek;
  set_extension(spec, suffix, value);
  return snp::read_profile(certificate(*mint::snp::issue(spec, m.scene.vek_signer)));
}

snp::Report report_of(const Made& m) { return *snp::parse_report(m.report); }

}  // namespace

TEST_CASE("a VCEK's profile is read") {
  const Made m = made(Line::milan, 3);
  const snp::VekProfile p = snp::read_profile(certificate(m.vek));
  CHECK(p.kind == snp::VekKind::vcek);
  CHECK(p.struct_version == 0u);
  CHECK(p.product_name == "Milan-B0");
  CHECK(p.spl[1] == 4u);
  CHECK(p.spl[2] == 1u);
  CHECK(p.spl[3] == 24u);
  CHECK(p.spl[8] == 219u);
  CHECK_FALSE(p.spl[9].has_value());
  CHECK(p.hwid == to_bytes(m.scene.report.chip_id));
  CHECK_FALSE(p.csp_id.has_value());
  REQUIRE(p.issuer.has_value());
  CHECK(p.issuer->product == snp::Product::milan);
  CHECK(p.issuer->role == snp::Role::ask);
  CHECK(p.malformed.empty());
  CHECK(snp::certified_tcb_text(p) == "bl 4, tee 1, snp 24, ucode 219");
  CHECK(snp::judge_profile(certificate(m.vek), p, report_of(m)).empty());
}

TEST_CASE("Turin and VLEK profiles") {
  const Made turin = made(Line::turin, 5);
  const snp::VekProfile t = snp::read_profile(certificate(turin.vek));
  CHECK(t.struct_version == 1u);
  CHECK(t.spl[9] == 3u);
  CHECK(t.hwid.value_or(Bytes()).size() == 8);
  const Made vlek = made(Line::milan, 3, Kind::vlek);
  const snp::VekProfile v = snp::read_profile(certificate(vlek.vek));
  CHECK(v.kind == snp::VekKind::vlek);
  CHECK(v.csp_id == "CN=cc-mint-1.example");
  CHECK_FALSE(v.hwid.has_value());
}

TEST_CASE("component numbers have exactly one encoding") {
  CHECK(profile_with("3.8", {2, 1, 0x7f}).spl[8] == 127u);
  CHECK(profile_with("3.8", {2, 2, 0, 0x80}).spl[8] == 128u);
  CHECK(profile_with("3.8", {2, 2, 0, 0xff}).spl[8] == 255u);
  for (const Bytes& bad : {Bytes{2, 1, 0x80}, Bytes{2, 2, 0, 0x7f}, Bytes{2, 2, 1, 0}, Bytes{2, 1},
                           Bytes{2, 1, 1, 0}, Bytes{}}) {
    const snp::VekProfile p = profile_with("3.8", bad);
    CHECK_FALSE(p.spl[8].has_value());
    CHECK(p.malformed.size() == 1);
  }
}

TEST_CASE("hardware ids are told apart by length, whatever they begin with") {
  Bytes raw(64, 0x11);
  raw[0] = 0x04;
  raw[1] = 0x3e;
  CHECK(profile_with("4", raw).hwid == raw);
  Bytes wrapped{0x04, 0x40};
  append(wrapped, Bytes(64, 0x22));
  CHECK(profile_with("4", wrapped).hwid == Bytes(64, 0x22));
  Bytes shorter{0x04, 0x08};
  append(shorter, Bytes(8, 0x33));
  CHECK(profile_with("4", shorter).hwid == Bytes(8, 0x33));
  for (const std::size_t size : {0u, 7u, 9u, 10u, 63u, 65u, 66u, 67u})
    CHECK_FALSE(profile_with("4", Bytes(size, 0x04)).hwid.has_value());
}

TEST_CASE("texts hold printable ASCII only") {
  CHECK(profile_with("2", {0x16, 2, 'a', 'b'}).product_name == "ab");
  CHECK_FALSE(profile_with("2", {0x16, 2, 'a', 0x1b}).product_name.has_value());
  CHECK_FALSE(profile_with("2", {0x16, 3, 'a', 'b'}).product_name.has_value());
  CHECK_FALSE(profile_with("2", {0x0c, 2, 'a', 'b'}).product_name.has_value());
}

TEST_CASE("the layout comes from the CPUID, then from the certificate, then from the chip id") {
  const Made turin = made(Line::turin, 5), milan = made(Line::milan, 2);
  CHECK(snp::layout_for(report_of(turin), nullptr) == snp::TcbLayout::turin);
  const snp::VekProfile of_turin = snp::read_profile(certificate(turin.vek));
  CHECK(snp::layout_for(report_of(milan), &of_turin) == snp::TcbLayout::turin);
  CHECK(snp::layout_for(report_of(milan), nullptr) == snp::TcbLayout::classic);
  snp::Report short_id = report_of(milan);
  short_id.chip_id = {1, 2, 3};
  CHECK(snp::layout_for(short_id, nullptr) == snp::TcbLayout::turin);
  short_id.chip_id = {};
  CHECK(snp::layout_for(short_id, nullptr) == snp::TcbLayout::classic);
}

TEST_CASE("of several certificates for one key a sound one is chosen, wherever it stands") {
  const Made m = made();
  mint::CertificateSpec expired = m.scene.vek;
  expired.not_after = mint::snp::kNow - Seconds(1);
  mint::CertificateSpec other_tcb = m.scene.vek;
  set_extension(other_tcb, "3.3", mint::snp::spl(9));
  const Bytes bad1 = *mint::snp::issue(expired, m.scene.vek_signer),
              bad2 = *mint::snp::issue(other_tcb, m.scene.vek_signer);
  std::vector<Bytes> order{bad1, bad2, m.vek};
  std::sort(order.begin(), order.end());
  do {
    CollateralSet set;
    for (const Bytes& der : order) set.certificates.push_back(item(der));
    set.certificates.push_back(item(m.intermediate));
    CHECK(passes(judge(m.report, set, options_for(m))));
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a forger's certificate for the same signature does not displace the true one") {
  // Somebody else's key that happens to verify is as good as the same key under another issuer.
  const Made m = made();
  mint::CertificateSpec forged = m.scene.vek;
  forged.issuer = forged.subject;
  forged.scheme = crypto::Scheme::ecdsa_sha384;
  CollateralSet set = collateral_for(m);
  set.certificates.insert(set.certificates.begin(),
                          item(*mint::snp::issue(forged, m.scene.vek_key), Origin::embedded));
  CHECK(passes(judge(m.report, set, options_for(m))));
}

TEST_CASE("bad-heap-of-certificates: decoys are bounded, and never make a pass") {
  const Made m = made();
  CollateralSet set;
  for (int i = 0; i < 70; ++i) {
    mint::CertificateSpec decoy = m.scene.vek;
    decoy.serial = {static_cast<std::uint8_t>(i + 1)};
    decoy.issuer = decoy.subject;
    decoy.scheme = crypto::Scheme::ecdsa_sha384;
    set.certificates.push_back(item(*mint::snp::issue(decoy, m.scene.vek_key)));
  }
  CHECK(failed(judge(m.report, set, options_for(m))));
}
