// From arguments to verify::Questions.
#include "cli/appraisal.h"

#include <algorithm>
#include <charconv>

#include "base/encoding.h"
#include "crypto/x509.h"
#include "evidence/byte_argument.h"
#include "evidence/codes.h"
#include "verify/asked.h"
#include "verify/codes.h"
#include "verify/ear_key.h"
#include "verify/public_key.h"

namespace tee::cli {

namespace {

constexpr Seconds kLargestLeeway{600};
constexpr std::size_t kNonceKeyLimit = 4096, kKeyFileLimit = 64u << 10;

tl::unexpected<Error> bad_value(std::string_view option, std::string message, std::string hint = {}) {
  return fail(code::usage_value, std::string(option) + ": " + std::move(message), std::move(hint));
}

template <class Number>
std::optional<Number> whole(std::string_view text) {
  Number n{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return n;
}

// What is wrong with a file that the operator named is the operator's to repair, whatever the parser calls it.
Error about_file(Error error, const std::string& path, const Code& otherwise) {
  const Category c = error.code->category;
  if (c != Category::operator_input && c != Category::usage && c != Category::internal)
    error = Error(otherwise, error.message, error.hint);
  return error.message.find(printable(path)) != std::string::npos ? error : std::move(error).within(printable(path));
}

// Intel's words (TCB info v3, and the two that appraisal adds).
constexpr std::string_view kAcceptable[] = {
    "UpToDate", "SWHardeningNeeded", "ConfigurationNeeded", "ConfigurationAndSWHardeningNeeded", "OutOfDate",
    "OutOfDateConfigurationNeeded", "TDRelaunchAdvised", "TDRelaunchAdvisedConfigurationNeeded"};

Result<std::vector<std::string>> read_accept_tcb(const Arguments& args) {
  const std::vector<std::string> words = read_list(args, "--accept-tcb");
  const std::vector<std::string_view> known(std::begin(kAcceptable), std::end(kAcceptable));
  for (const std::string& w : words) {
    if (w == "Revoked" || w == "NotSupported") return bad_value("--accept-tcb", w + " can never be accepted");
    if (std::find(known.begin(), known.end(), w) != known.end()) continue;
    const std::string_view close = nearest(w, known);
    std::string all;
    for (const auto k : known) all += (all.empty() ? "" : ", ") + std::string(k);
    return bad_value("--accept-tcb", "there is no TCB status " + printable(w, 64),
                     close.empty() ? "statuses: " + all : "did you mean " + std::string(close) + "?");
  }
  return words;
}

Result<std::map<std::string, unsigned>> read_min_tcb(const Arguments& args) {
  constexpr std::string_view kParts[] = {"bl", "tee", "snp", "ucode", "fmc"};
  std::map<std::string, unsigned> out;
  for (const std::string& word : read_list(args, "--min-tcb")) {
    const std::size_t equals = word.find('=');
    const std::string part = word.substr(0, equals);
    if (std::find(std::begin(kParts), std::end(kParts), part) == std::end(kParts) || equals == std::string::npos)
      return bad_value("--min-tcb", printable(word, 64) + " is not of the form PART=N", "parts: bl, tee, snp, ucode, fmc; for example --min-tcb snp=23,ucode=84");
    const auto n = whole<unsigned>(std::string_view(word).substr(equals + 1));
    if (!n || *n > 255) return bad_value("--min-tcb", part + " needs a number from 0 to 255");
    if (!out.emplace(part, *n).second) return fail(code::usage_repeated, "--min-tcb: " + part + " is given twice");
  }
  return out;
}

Result<std::optional<VersionFloor>> read_min_firmware(const Arguments& args) {
  const auto text = args.value("--min-firmware");
  if (!text) return std::nullopt;
  VersionFloor floor;
  unsigned* const parts[] = {&floor.major, &floor.minor, &floor.build};
  std::string_view rest = *text;
  std::size_t i = 0;
  for (; i < 3 && !rest.empty(); ++i) {
    const std::size_t end = std::min(rest.find('.'), rest.size());
    const auto n = whole<unsigned>(rest.substr(0, end));
    if (!n || *n > 255) break;
    *parts[i] = *n;
    if (end + 1 == rest.size()) break;  // ends with a dot
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!rest.empty() || i < 2) return bad_value("--min-firmware", "a version such as 1.55.29 is expected, not " + printable(*text, 64));
  return floor;
}

Result<std::optional<DottedVersion>> read_device_floor(const Arguments& args, std::string_view option, VersionKind kind) {
  const auto text = args.value(option);
  if (!text) return std::nullopt;
  auto version = parse_dotted_version(*text, kind);
  if (!version)
    return bad_value(option, std::string("a version such as ") + (kind == VersionKind::driver ? "570.86.15" : "96.00.A5.00.01") +
                                 " is expected, not " + printable(*text, 64));
  return version;
}

Result<std::optional<Time>> read_min_tcb_date(const Arguments& args) {
  const auto text = args.value("--min-tcb-date");
  if (!text) return std::nullopt;
  const Result<Time> time = parse_rfc3339(text->size() == 10 ? *text + "T00:00:00Z" : *text);
  if (!time) return bad_value("--min-tcb-date", "a date such as 2025-03-12 or an RFC 3339 time is expected, not " + printable(*text, 64));
  return *time;
}

Result<std::vector<std::pair<std::string, unsigned>>> read_require_part(const Arguments& args) {
  constexpr std::string_view kKinds[] = {"gpu", "nitro", "sgx", "snp", "switch", "tdx", "token", "vtpm"};
  std::vector<std::pair<std::string, unsigned>> out;
  for (const std::string& word : read_list(args, "--require-part")) {
    const std::size_t equals = word.find('=');
    const std::string kind = word.substr(0, equals);
    const auto n = equals == std::string::npos ? std::nullopt : whole<unsigned>(std::string_view(word).substr(equals + 1));
    if (!n || *n > 32) return bad_value("--require-part", printable(word, 64) + " is not of the form KIND=N, N at most 32");
    if (std::find(std::begin(kKinds), std::end(kKinds), kind) == std::end(kKinds))
      return bad_value("--require-part", "there is no kind of part " + printable(kind, 64), "kinds: gpu, nitro, sgx, snp, switch, tdx, token, vtpm");
    for (const auto& [known, count] : out)
      if (known == kind) return fail(code::usage_repeated, "--require-part: " + kind + " is given twice");
    out.emplace_back(kind, *n);
  }
  return out;
}

Result<std::vector<Expectation>> read_expect(const Arguments& args) {
  std::vector<Expectation> out;
  for (const std::string& word : args.values("--expect")) {
    if (word.front() == '@') {
      const std::string path = word.substr(1);
      Result<std::vector<Expectation>> many = read_expectations(path);
      if (!many) return tl::unexpected(about_file(many.error(), path, code::expectations_malformed));
      std::move(many->begin(), many->end(), std::back_inserter(out));
      continue;
    }
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      return bad_value("--expect", printable(word, 64) + " is not of the form CLAIM=VALUE", "claims and their lengths: man tee-claims");
    if (equals + 1 == word.size())
      return fail(code::usage_empty_value, "--expect: " + printable(word.substr(0, equals), 64) + " has an empty value", "an unset shell variable?");
    TEE_TRY(Expectation e, parse_expectation(std::string_view(word).substr(0, equals), std::string_view(word).substr(equals + 1)));
    out.push_back(std::move(e));
  }
  return out;
}

Result<std::optional<Bytes>> read_bytes(const Arguments& args, std::string_view option) {
  const auto text = args.value(option);
  if (!text) return std::nullopt;
  Result<Bytes> bytes = read_byte_argument(*text);
  if (!bytes) return tl::unexpected(std::move(bytes).error().within(std::string(option)));
  if (bytes->empty()) return fail(code::usage_empty_value, std::string(option) + " has no bytes", "an empty file?");
  return *std::move(bytes);
}

verify::Scheme read_scheme(const Arguments& args) {
  const std::string word = args.value("--binding").value_or("auto");
  if (word == "raw") return verify::Scheme::raw;
  if (word == "tee-bind-1") return verify::Scheme::tee_bind_1;
  if (word == "native") return verify::Scheme::native;
  return verify::Scheme::automatic;
}

// [[PROVIDER/]ROLE=]FILE. A file whose name looks like a role and "=" is written as ./NAME.
struct AnchorArgument {
  std::optional<Provider> provider;
  std::optional<AnchorRole> role;
  std::string file;
};
Result<AnchorArgument> split_anchor(const std::string& word) {
  AnchorArgument out;
  const std::size_t equals = word.find('=');
  const std::string prefix = equals == std::string::npos ? std::string() : word.substr(0, equals);
  const bool is_prefix = !prefix.empty() && prefix.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/") == std::string::npos;
  if (!is_prefix || prefix.front() == '/') {
    out.file = word;
    return out;
  }
  out.file = word.substr(equals + 1);
  if (out.file.empty()) return fail(code::usage_empty_value, "--trust-anchor: " + printable(prefix, 64) + " names no file");
  const std::size_t slash = prefix.find('/');
  const std::string role = slash == std::string::npos ? prefix : prefix.substr(slash + 1);
  out.role = anchor_role_from(role);
  if (!out.role) {
    const std::string_view close = nearest(role, {"device", "collateral", "rim", "token"});
    return bad_value("--trust-anchor", "there is no role " + printable(role, 64),
                     close.empty() ? "roles: device, collateral, rim, token; a file of that name is written ./" + printable(word, 64)
                                   : "did you mean " + std::string(close) + "?");
  }
  if (out.role == AnchorRole::ocsp)
    return bad_value("--trust-anchor", "no evidence has OCSP anchors of its own: answers are signed below the device or RIM root", "use device or rim");
  if (slash == std::string::npos) return out;
  out.provider = provider_from(prefix.substr(0, slash));
  if (!out.provider) return bad_value("--trust-anchor", "there is no provider " + printable(prefix.substr(0, slash), 64), "for example snp/device=FILE");
  return out;
}

Result<std::vector<SuppliedAnchor>> read_anchors(const Arguments& args) {
  std::vector<SuppliedAnchor> out;
  for (const std::string& word : args.values("--trust-anchor")) {
    TEE_TRY(const AnchorArgument argument, split_anchor(word));
    TEE_TRY(const Bytes content, read_file(argument.file));
    const auto certificates = crypto::parse_certificates(content);
    if (!certificates || certificates->empty())
      return fail(code::anchor_malformed, printable(argument.file) + ": a certificate in PEM or DER is expected");
    for (const crypto::Certificate& c : *certificates) {
      if (!c.key) return fail(code::anchor_malformed, printable(argument.file) + ": its key is of no kind that is supported");
      const std::string cn = c.subject_cn();
      out.push_back({.provider = argument.provider, .role = argument.role,
                     .anchor = crypto::anchor_from(c, cn.empty() ? printable(argument.file) : printable(cn)),
                     .simulated = c.extension(kSimulatedRootOid) != nullptr, .source = word,
                     .consulted = std::make_shared<std::atomic<bool>>(false)});
    }
  }
  return out;
}

Result<EarOptions> read_ear(const Arguments& args) {
  EarOptions out;
  const auto file = args.value("--ear-key");
  if (!file) {
    if (args.has("--ear-policy")) return fail(code::usage_conflict, "--ear-policy needs --ear-key", "the public key of the verifier that makes the results");
    return out;
  }
  TEE_TRY(const Bytes content, read_file(*file, kKeyFileLimit));
  auto key = verify::read_ear_key(content);
  if (!key) return tl::unexpected(about_file(key.error(), *file, code::ear_public_key));
  out.key = *std::move(key);
  out.key_source = *file;
  out.audience = args.value("--audience");
  for (const std::string& word : args.values("--ear-policy")) {
    const auto hash = is_hex(word) ? from_hex(word) : Result<Bytes>(fail(code::usage_value, ""));
    if (!hash || hash->size() != 32) return bad_value("--ear-policy", "64 hex digits are expected, not " + printable(word, 80));
    std::copy(hash->begin(), hash->end(), out.policies.emplace_back().begin());
  }
  return out;
}

Result<AppraisalOptions> read_appraisal(const Arguments& args, Time now) {
  AppraisalOptions o;
  o.at = now;
  o.time_from_caller = args.has("--at");
  if (o.time_from_caller) {
    TEE_TRY(o.at, parse_when(*args.value("--at"), now));
  }
  o.genuine_only = args.has("--genuine-only");
  o.allow_debug = args.has("--allow-debug");
  o.allow_simulated = args.has("--allow-simulated");
  o.use_embedded_collateral = args.has("--use-embedded-collateral");
  if (args.has("--allow-vmpl")) {
    TEE_TRY(const std::uint64_t vmpl, read_number(args, "--allow-vmpl", 0, 3));
    o.allow_vmpl = static_cast<unsigned>(vmpl);
  }
  if (args.has("--min-tcb-evaluation")) {
    TEE_TRY(o.min_tcb_evaluation, read_number(args, "--min-tcb-evaluation", 1, 1u << 31));
  }
  TEE_TRY(const std::optional<Seconds> leeway, read_duration(args, "--leeway"));
  if (leeway && *leeway > kLargestLeeway) return bad_value("--leeway", "at most 10m are tolerated");
  o.leeway = leeway.value_or(o.leeway);
  TEE_TRY(o.accept_tcb, read_accept_tcb(args));
  TEE_TRY(o.min_tcb_date, read_min_tcb_date(args));
  TEE_TRY(o.min_tcb, read_min_tcb(args));
  TEE_TRY(o.min_firmware, read_min_firmware(args));
  TEE_TRY(o.min_gpu_driver, read_device_floor(args, "--min-gpu-driver", VersionKind::driver));
  TEE_TRY(o.min_gpu_vbios, read_device_floor(args, "--min-gpu-vbios", VersionKind::vbios));
  TEE_TRY(o.min_switch_bios, read_device_floor(args, "--min-switch-bios", VersionKind::vbios));
  TEE_TRY(o.anchors, read_anchors(args));
  o.issuers = args.values("--issuer");
  TEE_TRY(o.expectations, read_expect(args));
  return o;
}

}  // namespace

std::vector<std::string> read_list(const Arguments& args, std::string_view option) {
  std::vector<std::string> out;
  for (const std::string& value : args.values(option)) {
    std::string_view rest = value;
    for (;;) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      out.emplace_back(rest.substr(0, end));
      if (end == rest.size()) break;
      rest.remove_prefix(end + 1);
    }
  }
  return out;
}

Result<std::uint64_t> read_number(const Arguments& args, std::string_view option, std::uint64_t smallest, std::uint64_t largest) {
  const std::string text = args.value(option).value_or(std::string());
  const auto n = whole<std::uint64_t>(text);
  if (!n || *n < smallest || *n > largest)
    return bad_value(option, "a number from " + std::to_string(smallest) + " to " + std::to_string(largest) + " is expected, not " + printable(text, 64));
  return *n;
}

Result<std::optional<Seconds>> read_duration(const Arguments& args, std::string_view option) {
  const auto text = args.value(option);
  if (!text) return std::nullopt;
  Result<Seconds> d = parse_duration(*text);
  if (!d) return tl::unexpected(std::move(d).error().within(std::string(option)));
  return *d;
}

Result<std::optional<verify::StatelessNonce>> read_nonce_key(const Arguments& args, bool audience_used) {
  const auto file = args.value("--nonce-key"), audience = args.value("--audience");
  if (!file && (!audience || audience_used)) return std::nullopt;
  if (!file) return fail(code::usage_conflict, "--audience needs --nonce-key", "the key that the stateless nonce is made with");
  if (!audience) return fail(code::usage_conflict, "--nonce-key needs --audience", "the name of this verifier, the same for making and checking");
  TEE_TRY(Bytes key, read_file(*file, kNonceKeyLimit));
  if (key.size() < 32)
    return fail(code::nonce_weak_key, printable(*file) + " has " + std::to_string(key.size()) + " bytes, at least 32 are needed",
                "make one with: head -c 32 /dev/urandom > nonce.key");
  return verify::StatelessNonce{std::move(key), *audience};
}

Result<verify::Questions> read_questions(const Arguments& args, const Env& env) {
  verify::Questions q;
  q.real_now = env.now();
  TEE_TRY(q.options, read_appraisal(args, q.real_now));
  TEE_TRY(q.nonce, read_bytes(args, "--nonce"));
  TEE_TRY(q.report_data, read_bytes(args, "--report-data"));
  TEE_TRY(q.user_data, read_bytes(args, "--user-data"));
  if (const auto key = args.value("--public-key")) {
    TEE_TRY(q.public_key, verify::read_public_key(*key));
  }
  q.binding = read_scheme(args);
  TEE_TRY(q.max_age, read_duration(args, "--max-age"));
  TEE_TRY(q.options.ear, read_ear(args));
  if (args.has("--audience") && !args.has("--nonce-key") && !args.has("--ear-key"))
    return fail(code::usage_conflict, "--audience needs --nonce-key or --ear-key", "what is made for an audience is a stateless nonce or an EAR");
  TEE_TRY(q.stateless, read_nonce_key(args, args.has("--ear-key")));
  q.require_peer_binding = args.has("--require-peer-binding");
  TEE_TRY(q.require_parts, read_require_part(args));
  if (const auto log = args.value("--event-log")) {
    TEE_TRY(q.event_log, read_file(*log));
  }
  return q;
}

Result<CollateralSet> read_collateral(const Arguments& args) {
  CollateralSet all;
  for (const std::string& path : args.values("--collateral")) {
    Result<CollateralSet> one = load_collateral(path);
    if (!one) return tl::unexpected(about_file(one.error(), path, code::collateral_malformed));
    all.merge(*std::move(one));
  }
  return all;
}

}  // namespace tee::cli
