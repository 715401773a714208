#include "providers/snp/certificates.h"

#include "base/encoding.h"
#include "codec/der.h"
#include "providers/snp/codes.h"

namespace tee::snp {

namespace {

constexpr std::string_view kArc = "1.3.6.1.4.1.3704.1.";
constexpr unsigned kBl = 1, kTee = 2, kSnp = 3, kUcode = 8, kFmc = 9;

const crypto::Extension* amd_extension(const crypto::Certificate& certificate, std::string_view suffix) {
  return certificate.extension(std::string(kArc) + std::string(suffix));
}

// AMD writes 02 01 xx below 0x80 and 02 02 00 xx from there on; nothing else is a component number.
std::optional<unsigned> read_number(ByteView v) {
  if (v.size() == 3 && v[0] == 2 && v[1] == 1 && v[2] < 0x80) return v[2];
  if (v.size() == 4 && v[0] == 2 && v[1] == 2 && v[2] == 0 && v[3] >= 0x80) return v[3];
  return std::nullopt;
}

std::optional<std::string> read_ia5(ByteView v) {
  der::Reader in(v);
  const auto text = in.expect(der::kIa5String);
  if (!text || !in.done()) return std::nullopt;
  for (std::uint8_t c : text->content)
    if (c < 0x20 || c > 0x7e) return std::nullopt;
  return std::string(as_text(text->content));
}

// The id itself, or an OCTET STRING of it. Told apart by length: a raw id may begin with any byte.
std::optional<Bytes> read_hwid(ByteView v) {
  for (const std::size_t size : {std::size_t{64}, std::size_t{8}}) {
    if (v.size() == size) return to_bytes(v);
    if (v.size() == size + 2 && v[0] == der::kOctetString && v[1] == size) return to_bytes(v.subspan(2));
  }
  return std::nullopt;
}

// Takes an extension through its reader; remembers when it is there but not readable.
template <class Read>
auto take(const crypto::Certificate& certificate, std::string_view suffix, std::string_view name, Read read,
          std::vector<std::string>& malformed) -> decltype(read(ByteView{})) {
  const crypto::Extension* e = amd_extension(certificate, suffix);
  if (!e) return std::nullopt;
  auto value = read(e->value);
  if (!value)
    malformed.push_back(std::string(name) + " cannot be read from " +
                        hex(e->value.first(std::min<std::size_t>(e->value.size(), 8))) +
                        (e->value.size() > 8 ? "…" : ""));
  return value;
}

constexpr std::string_view kSplNames[] = {"",     "blSPL", "teeSPL", "snpSPL",   "spl4",
                                          "spl5", "spl6",  "spl7",   "ucodeSPL", "fmcSPL"};

class ProfileJudge {
 public:
  ProfileJudge(const crypto::Certificate& certificate, const VekProfile& profile, const Report& report)
      : certificate_(certificate),
        profile_(profile),
        report_(report),
        layout_(layout_for(report, &profile)) {}

  Faults run() {
    check_kind();
    check_key();
    for (const std::string& m : profile_.malformed) add(code::vek_profile, m);
    check_version_and_product();
    check_components();
    check_identity();
    return std::move(faults_);
  }

 private:
  void add(const Code& code, std::string message) { faults_.push_back({&code, std::move(message)}); }

  // SIGNING_KEY 0 wants a VCEK issued by an ASK, 1 a VLEK issued by an ASVK.
  void check_kind() {
    const unsigned key = report_.signing_key();
    const VekKind wanted = key == signing_key::kVlek ? VekKind::vlek : VekKind::vcek;
    if (key > signing_key::kVlek) return;  // KEY_INFO itself is faulty
    if (profile_.kind != wanted)
      add(code::vek_kind, "SIGNING_KEY says " + std::string(to_string(wanted)) + ", the certificate is for " +
                              printable(certificate_.subject_cn(), 64));
    const Role role = wanted == VekKind::vlek ? Role::asvk : Role::ask;
    if (profile_.issuer && profile_.issuer->role != role)
      add(code::vek_kind,
          std::string(to_string(wanted)) + " issued by " + printable(certificate_.issuer_cn(), 64));
  }

  void check_key() {
    if (!certificate_.key)
      add(code::vek_profile, "the key cannot be used: " + printable(certificate_.key_problem));
    else if (!certificate_.key->ec() || certificate_.key->ec()->curve != crypto::Curve::p384)
      add(code::vek_profile, "a key on P-384 expected, found " + crypto::describe(*certificate_.key));
    if (certificate_.version != 3) add(code::vek_profile, "an X.509 version 3 certificate expected");
  }

  // structVersion is 1 from Turin on. The product name counts up to '-'.
  void check_version_and_product() {
    const unsigned wanted = layout_ == TcbLayout::turin ? 1 : 0;
    if (profile_.struct_version != wanted)
      add(code::vek_profile,
          "structVersion " + std::to_string(wanted) + " expected, found " +
              (profile_.struct_version ? std::to_string(*profile_.struct_version) : "none"));
    const auto named = profile_.product_name ? product_from_name(*profile_.product_name) : std::nullopt;
    if (!named)
      add(code::vek_profile,
          "productName names no known product: " + printable(profile_.product_name.value_or("none"), 64));
    else if (profile_.issuer && profile_.issuer->product != *named)
      add(code::product_mismatch, "productName " + printable(*profile_.product_name, 64) +
                                      " under the issuer " + printable(certificate_.issuer_cn(), 64));
  }

  void check_components() {
    for (unsigned i : {kBl, kTee, kSnp, kUcode})
      if (!profile_.spl[i]) add(code::vek_profile, std::string(kSplNames[i]) + " is missing");
    if (layout_ == TcbLayout::turin && !profile_.spl[kFmc]) add(code::vek_profile, "fmcSPL is missing");
    if (layout_ == TcbLayout::classic && profile_.spl[kFmc])
      add(code::vek_profile, "fmcSPL stands in a certificate of a product without FMC");
    for (unsigned i = 4; i <= 7; ++i)
      if (profile_.spl[i].value_or(0) != 0)
        add(code::vek_profile, std::string(kSplNames[i]) + " is reserved and not zero");
  }

  // A VCEK names the chip and no provider, a VLEK the provider and no chip.
  void check_identity() {
    if (profile_.kind == VekKind::vcek) {
      if (!amd_extension(certificate_, "4")) add(code::vek_profile, "hwID is missing");
      if (amd_extension(certificate_, "5")) add(code::vek_profile, "a VCEK must not have cspID");
    } else if (profile_.kind == VekKind::vlek) {
      if (!amd_extension(certificate_, "5")) add(code::vek_profile, "cspID is missing");
      if (amd_extension(certificate_, "4")) add(code::vek_profile, "a VLEK must not have hwID");
    }
  }

  const crypto::Certificate& certificate_;
  const VekProfile& profile_;
  const Report& report_;
  TcbLayout layout_;
  Faults faults_;
};

}  // namespace

std::string_view to_string(VekKind k) { return k == VekKind::vcek ? "VCEK" : "VLEK"; }

VekProfile read_profile(const crypto::Certificate& certificate) {
  VekProfile out;
  const std::string cn = certificate.subject_cn();
  if (cn == "SEV-VCEK") out.kind = VekKind::vcek;
  if (cn == "SEV-VLEK") out.kind = VekKind::vlek;
  out.issuer = read_common_name(certificate.issuer_cn());
  out.struct_version = take(certificate, "1", "structVersion", read_number, out.malformed);
  out.product_name = take(certificate, "2", "productName", read_ia5, out.malformed);
  for (unsigned i = 1; i < out.spl.size(); ++i)
    out.spl[i] = take(certificate, "3." + std::to_string(i), kSplNames[i], read_number, out.malformed);
  out.hwid = take(certificate, "4", "hwID", read_hwid, out.malformed);
  out.csp_id = take(certificate, "5", "cspID", read_ia5, out.malformed);
  return out;
}

TcbLayout layout_for(const Report& report, const VekProfile* profile) {
  if (const auto product = report.cpuid_product()) return layout_of(*product);
  if (profile && profile->issuer) return layout_of(profile->issuer->product);
  if (profile && profile->kind) return profile->spl[kFmc] ? TcbLayout::turin : TcbLayout::classic;
  // Turin's chip id is 8 bytes long.
  const ByteView id = report.chip_id;
  return !all_zero(id) && all_zero(id.subspan(8)) ? TcbLayout::turin : TcbLayout::classic;
}

Faults judge_profile(const crypto::Certificate& certificate, const VekProfile& profile,
                     const Report& report) {
  return ProfileJudge(certificate, profile, report).run();
}

bool tcb_matches(const VekProfile& profile, const Report& report) {
  const TcbParts want = parts_of(report.reported_tcb, layout_for(report, &profile));
  const auto& spl = profile.spl;
  return spl[kBl] == want.bl && spl[kTee] == want.tee && spl[kSnp] == want.snp && spl[kUcode] == want.ucode &&
         (!want.fmc || spl[kFmc] == *want.fmc);
}

// 64 bytes: the whole CHIP_ID. 8 bytes, from Turin on: its first 8, the rest zero.
bool hwid_matches(const VekProfile& profile, const Report& report) {
  if (!profile.hwid || report.chip_id_masked()) return false;
  const std::size_t size = layout_for(report, &profile) == TcbLayout::turin ? 8 : 64;
  const ByteView id = report.chip_id;
  return profile.hwid->size() == size && equal(*profile.hwid, id.first(size)) && all_zero(id.subspan(size));
}

std::string certified_tcb_text(const VekProfile& profile) {
  std::string out;
  const auto add = [&](std::string_view name, unsigned i) {
    if (profile.spl[i])
      out += (out.empty() ? "" : ", ") + std::string(name) + " " + std::to_string(*profile.spl[i]);
  };
  add("fmc", kFmc);
  add("bl", kBl);
  add("tee", kTee);
  add("snp", kSnp);
  add("ucode", kUcode);
  return out.empty() ? "none" : out;
}

}  // namespace tee::snp
