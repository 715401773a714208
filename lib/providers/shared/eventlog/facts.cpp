#include "providers/shared/eventlog/facts.h"

#include <set>

#include "base/encoding.h"
#include "providers/shared/eventlog/codes.h"
#include "providers/shared/vtpm/tpm.h"

namespace tee::eventlog {

namespace {

// EFI_GLOBAL_VARIABLE 8be4df61-93ca-11d2-aa0d-00e098032b8c, as it stands in UEFI_VARIABLE_DATA.
constexpr std::uint8_t kGlobalVariable[] = {0x61, 0xdf, 0xe4, 0x8b, 0xca, 0x93, 0xd2, 0x11, 0xaa, 0x0d, 0x00, 0xe0, 0x98, 0x03, 0x2b, 0x8c};
constexpr unsigned kSecureBootPcr = 7, kSecureBootRtmr = 1;  // CCEL index 1 is RTMR0

// Content types of the Confidential Space launcher's log.
enum : std::uint32_t { kImageRef = 0, kImageDigest = 1, kRestartPolicy = 2, kImageId = 3, kArg = 4, kEnv = 5, kOverrideArg = 6,
                       kOverrideEnv = 7, kSeparator = 8, kLastContent = 11 };

struct Variable {
  std::string name;  // ASCII part of the UTF-16 name
  Bytes value;
  bool global = false;
};

// UEFI_VARIABLE_DATA, PFP section 10.4.2: vendor GUID, name length in UTF-16 units, data length, name, data.
std::optional<Variable> parse_variable(ByteView data) {
  Cursor in(data);
  const ByteView guid = in.take(16);
  const std::uint64_t units = in.u64le(), size = in.u64le();
  if (!in.ok() || units > 512 || size > data.size()) return std::nullopt;
  Variable v;
  for (std::uint64_t i = 0; i < units; ++i) {
    const std::uint16_t c = in.u16le();
    v.name += c < 0x80 ? static_cast<char>(c) : '?';
  }
  v.value = to_bytes(in.take(static_cast<std::size_t>(size)));
  if (!in.finish("UEFI variable")) return std::nullopt;
  v.global = equal(guid, kGlobalVariable);
  return v;
}

bool is_secure_boot(const Event& e, Registers registers) {
  const unsigned home = registers == Registers::pcr ? kSecureBootPcr : kSecureBootRtmr;
  if (e.index != home || e.type != type::kVariableDriverConfig) return false;
  const auto v = parse_variable(e.data);
  return v && v->global && v->name == "SecureBoot";
}

bool must_hash_its_data(const Event& e) {
  return e.type == type::kSeparator || e.type == type::kEfiAction || e.type == type::kAction || e.type == type::kVariableDriverConfig;
}

std::string where(const Event& e) { return "event " + std::to_string(e.number); }

// Each PCR has one separator. A measurement register of CCEL stands for several PCRs (TD-Shim and EDK2: RTMR0 for 1 and 7, RTMR1
// for 2 to 6, RTMR2 for 8 to 15), so it may have as many.
unsigned separators_of(std::uint32_t index, Registers registers) {
  if (registers == Registers::pcr) return 1;
  return index == 1 ? 2 : index == 2 ? 5 : index == 3 ? 8 : 1;
}

std::vector<Problem> check_tcg(const Log& log, std::uint16_t alg, Registers registers) {
  std::vector<Problem> out;
  std::map<std::uint32_t, unsigned> separators;
  bool seen_secure_boot = false;
  for (const Event& e : log.events) {
    if (must_hash_its_data(e) && !data_is_authenticated(e, alg))
      out.push_back({&code::digest_mismatch, where(e) + " (" + std::string(type_name(log.format, e.type)) + ") has another digest than its data"});
    if (e.type == type::kSeparator && ++separators[e.index] > separators_of(e.index, registers))
      out.push_back({&code::order, where(e) + " is one separator too many for its register"});
    if (!is_secure_boot(e, registers)) continue;
    if (seen_secure_boot) out.push_back({&code::order, where(e) + " states Secure Boot a second time"});
    if (separators.contains(e.index)) out.push_back({&code::order, where(e) + " states Secure Boot behind the separator"});
    seen_secure_boot = true;
  }
  return out;
}

std::vector<Problem> check_cel(const Log& log, std::uint16_t alg) {
  std::vector<Problem> out;
  std::set<std::uint32_t> single;
  bool ended = false;
  for (const Event& e : log.events) {
    if (!data_is_authenticated(e, alg)) out.push_back({&code::digest_mismatch, where(e) + " has another digest than its content"});
    if (ended) out.push_back({&code::order, where(e) + " stands behind the separator"});
    if (e.type > kLastContent) out.push_back({&code::order, where(e) + " has an unknown content type"});
    const bool once = e.type == kImageRef || e.type == kImageDigest || e.type == kImageId || e.type == kRestartPolicy;
    if (once && !single.insert(e.type).second) out.push_back({&code::order, where(e) + " occurs a second time"});
    if (e.type != kSeparator) continue;
    ended = true;
    if (!e.cel_text().empty()) out.push_back({&code::order, where(e) + ": the launcher reports an error"});
  }
  if (!ended) out.push_back({&code::order, "the log has no separator"});
  return out;
}


}  // namespace

std::vector<Problem> check_order(const Log& log, std::uint16_t alg, Registers registers) {
  return log.format == Format::tcg ? check_tcg(log, alg, registers) : check_cel(log, alg);
}

std::optional<bool> secure_boot(const Log& log, std::uint16_t alg, Registers registers) {
  if (log.format != Format::tcg) return std::nullopt;
  for (const Event& e : log.events) {
    if (!is_secure_boot(e, registers) || !data_is_authenticated(e, alg)) continue;
    const auto v = parse_variable(e.data);
    // An empty variable means that Secure Boot was never set up.
    return v->value.size() == 1 && v->value[0] == 1;
  }
  return std::nullopt;
}

Json event_digests(const Log& log, std::uint16_t alg, Registers registers) {
  Json out = Json::object();
  for (const Event& e : log.events) {
    if (log.format == Format::tcg && e.type == type::kNoAction) continue;
    if (registers == Registers::rtmr && e.index == 0) continue;
    const Bytes* digest = e.digest(alg);
    if (!digest) continue;
    const std::string name = registers == Registers::rtmr ? "rtmr" + std::to_string(e.index - 1) : "pcr" + std::to_string(e.index);
    out[name].push_back(hex(*digest));
  }
  return out;
}

Claims workload_claims(const Log& log, std::uint16_t alg) {
  Claims out;
  std::map<std::string, Json> lists;
  for (const Event& e : log.events) {
    if (log.format != Format::cel || !data_is_authenticated(e, alg)) continue;
    const std::string text(e.cel_text());
    switch (e.type) {
      case kImageRef: out["image_reference"] = text; break;
      case kImageDigest:
        if (text.starts_with("sha256:"))
          if (const auto digest = from_hex(std::string_view(text).substr(7)); digest && digest->size() == 32) out["image_digest"] = *digest;
        break;
      case kRestartPolicy: out["restart_policy"] = text; break;
      case kArg: lists["args"].push_back(text); break;
      case kEnv: lists["env"].push_back(text); break;
      case kOverrideArg: lists["cmd_override"].push_back(text); break;
      case kOverrideEnv: lists["env_override"].push_back(text); break;
      default: break;
    }
  }
  for (auto& [name, list] : lists) out[name] = std::move(list);
  return out;
}

Json unauthenticated(const Log& log, std::uint16_t alg) {
  Json out = Json::array();
  for (const Event& e : log.events) {
    if (log.format != Format::tcg || e.type != type::kIpl || data_is_authenticated(e, alg)) continue;
    std::string_view text = as_text(e.data);
    while (!text.empty() && text.back() == '\0') text.remove_suffix(1);
    if (!text.starts_with("kernel_cmdline") && !text.starts_with("grub_kernel_cmdline")) continue;
    const Bytes* digest = e.digest(alg);
    out.push_back({{"event", e.number}, {"text", printable(text, 4096)}, {"digest", digest ? hex(*digest) : ""}});
  }
  return out;
}

}  // namespace tee::eventlog
