// Runs the mint's variants through recognise and appraise, in process. Shared by the variant tests of all
// rooms.
//
// A Case speaks in command-line flags; read_questions() turns the few that variants use into Questions. What
// the command line itself does with them (usage errors, files) is tested in tests/cli.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/exit.h"
#include "evidence/binding.h"
#include "evidence/codes.h"
#include "mint/mint.h"
#include "verify/appraise.h"
#include "verify/ear_key.h"
#include "verify/subject.h"

namespace tee::test {

inline std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t at = text.find(separator);
    out.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

inline unsigned long number(const std::string& text) { return std::stoul(text, nullptr, 0); }

inline std::pair<std::string, std::string> pair_of(const std::string& text) {
  const std::size_t at = text.find('=');
  return {text.substr(0, at), at == std::string::npos ? std::string() : text.substr(at + 1)};
}

using FlagReader = std::function<Status(verify::Questions&, const std::string&)>;

// Flags without a value.
inline const std::map<std::string_view, FlagReader>& plain_flags() {
  using Q = verify::Questions;
  static const std::map<std::string_view, FlagReader> table{
      {"--genuine-only",
       [](Q& q, const std::string&) {
         q.options.genuine_only = true;
         return Status();
       }},
      {"--allow-debug",
       [](Q& q, const std::string&) {
         q.options.allow_debug = true;
         return Status();
       }},
      {"--allow-simulated",
       [](Q& q, const std::string&) {
         q.options.allow_simulated = true;
         return Status();
       }},
      {"--use-embedded-collateral",
       [](Q& q, const std::string&) {
         q.options.use_embedded_collateral = true;
         return Status();
       }},
      {"--require-peer-binding",
       [](Q& q, const std::string&) {
         q.require_peer_binding = true;
         return Status();
       }},
  };
  return table;
}

inline Status read_bytes(std::optional<Bytes>& into, const std::string& text) {
  if (text.starts_with("text:")) {
    into = to_bytes(as_bytes(std::string_view(text).substr(5)));
    return {};
  }
  TEE_TRY(into, from_hex(text));
  return {};
}

// --public-key as x25519:HEX, p256:HEX, p384:HEX or spki:HEX.
inline Status read_public_key(verify::Questions& q, const std::string& text) {
  const std::map<std::string, std::uint16_t> ids{{"x25519", bound_key::kX25519},
                                                 {"p256", bound_key::kP256},
                                                 {"p384", bound_key::kP384},
                                                 {"spki", bound_key::kSpki}};
  const std::size_t colon = text.find(':');
  const auto id = ids.find(text.substr(0, colon));
  if (colon == std::string::npos || id == ids.end()) return fail(code::bytes_malformed, "public key " + text);
  TEE_TRY(Bytes key, from_hex(std::string_view(text).substr(colon + 1)));
  q.public_key = verify::PublicKeyBinding{id->second, std::move(key), {}};
  return {};
}

inline Status read_expectation(verify::Questions& q, const std::string& text) {
  const auto [name, value] = pair_of(text);
  TEE_TRY(Expectation e, parse_expectation(name, value));
  q.options.expectations.push_back(std::move(e));
  return {};
}

inline Status read_min_tcb(verify::Questions& q, const std::string& text) {
  for (const std::string& entry : split(text, ',')) {
    const auto [name, value] = pair_of(entry);
    q.options.min_tcb[name] = static_cast<unsigned>(number(value));
  }
  return {};
}

inline Status read_min_tcb_date(verify::Questions& q, const std::string& text) {
  TEE_TRY(q.options.min_tcb_date, parse_rfc3339(text.size() == 10 ? text + "T00:00:00Z" : text));
  return {};
}

inline Status read_min_firmware(verify::Questions& q, const std::string& text) {
  const auto parts = split(text, '.');
  if (parts.size() != 3) return fail(code::input_malformed, "--min-firmware " + text);
  q.options.min_firmware =
      VersionFloor{static_cast<unsigned>(number(parts[0])), static_cast<unsigned>(number(parts[1])),
                   static_cast<unsigned>(number(parts[2]))};
  return {};
}

// Flags with one value.
inline const std::map<std::string_view, FlagReader>& value_flags() {
  using Q = verify::Questions;
  static const std::map<std::string_view, FlagReader> table{
      {"--nonce", [](Q& q, const std::string& v) { return read_bytes(q.nonce, v); }},
      {"--report-data", [](Q& q, const std::string& v) { return read_bytes(q.report_data, v); }},
      {"--user-data", [](Q& q, const std::string& v) { return read_bytes(q.user_data, v); }},
      {"--public-key", read_public_key},
      {"--expect", read_expectation},
      {"--min-tcb", read_min_tcb},
      {"--min-tcb-date", read_min_tcb_date},
      {"--min-firmware", read_min_firmware},
      {"--min-gpu-driver",
       [](Q& q, const std::string& v) {
         q.options.min_gpu_driver = parse_dotted_version(v, VersionKind::driver);
         return Status();
       }},
      {"--min-gpu-vbios",
       [](Q& q, const std::string& v) {
         q.options.min_gpu_vbios = parse_dotted_version(v, VersionKind::vbios);
         return Status();
       }},
      {"--min-switch-bios",
       [](Q& q, const std::string& v) {
         q.options.min_switch_bios = parse_dotted_version(v, VersionKind::vbios);
         return Status();
       }},
      {"--min-tcb-evaluation",
       [](Q& q, const std::string& v) {
         q.options.min_tcb_evaluation = number(v);
         return Status();
       }},
      {"--allow-vmpl",
       [](Q& q, const std::string& v) {
         q.options.allow_vmpl = static_cast<unsigned>(number(v));
         return Status();
       }},
      {"--accept-tcb",
       [](Q& q, const std::string& v) {
         q.options.accept_tcb = split(v, ',');
         return Status();
       }},
      {"--audience",
       [](Q& q, const std::string& v) {
         q.options.ear.audience = v;
         return Status();
       }},
      {"--ear-policy",
       [](Q& q, const std::string& v) -> Status {
         TEE_TRY(const Bytes hash, from_hex(v));
         if (hash.size() != 32) return fail(code::usage_value, "--ear-policy " + v);
         std::copy(hash.begin(), hash.end(), q.options.ear.policies.emplace_back().begin());
         return {};
       }},
      {"--issuer",
       [](Q& q, const std::string& v) {
         q.options.issuers.push_back(v);
         return Status();
       }},
      {"--max-age",
       [](Q& q, const std::string& v) -> Status {
         TEE_TRY(q.max_age, parse_duration(v));
         return {};
       }},
      {"--leeway",
       [](Q& q, const std::string& v) -> Status {
         TEE_TRY(q.options.leeway, parse_duration(v));
         return {};
       }},
      {"--require-part",
       [](Q& q, const std::string& v) {
         for (const std::string& entry : split(v, ',')) {
           const auto [kind, count] = pair_of(entry);
           q.require_parts.emplace_back(kind, static_cast<unsigned>(number(count)));
         }
         return Status();
       }},
      {"--binding",
       [](Q& q, const std::string& v) -> Status {
         if (v == "raw")
           q.binding = verify::Scheme::raw;
         else if (v == "tee-bind-1")
           q.binding = verify::Scheme::tee_bind_1;
         else if (v == "native")
           q.binding = verify::Scheme::native;
         else
           return fail(code::input_malformed, "--binding " + v);
         return {};
       }},
  };
  return table;
}

// "[PROVIDER/]ROLE", "ROLE" or "" and a certificate.
inline Result<SuppliedAnchor> read_anchor(const std::string& role, const mint::Artifact& file) {
  SuppliedAnchor out;
  const std::size_t slash = role.find('/');
  if (slash != std::string::npos) out.provider = provider_from(role.substr(0, slash));
  const std::string name = slash == std::string::npos ? role : role.substr(slash + 1);
  if (!name.empty()) out.role = anchor_role_from(name);
  TEE_TRY(const auto certificates, crypto::parse_certificates(file.bytes));
  if (certificates.size() != 1)
    return fail(code::collateral_malformed, file.name + " holds no single certificate");
  out.anchor = crypto::anchor_from(certificates[0], file.name);
  out.simulated = certificates[0].extension(kSimulatedRootOid) != nullptr;
  out.source = file.name;
  return out;
}

// Usage errors of the flags come back as they do on the command line.
inline Result<verify::Questions> read_questions(const mint::Case& c) {
  verify::Questions q;
  q.options.at = c.at;
  q.options.time_from_caller = true;
  q.real_now = c.at;
  for (const auto& [role, file] : c.anchors) {
    TEE_TRY(SuppliedAnchor anchor, read_anchor(role, file));
    q.options.anchors.push_back(std::move(anchor));
  }
  for (const auto& [option, file] : c.files) {
    if (option != "--ear-key") return fail(code::internal_bug, "variants.h does not know the file " + option);
    TEE_TRY(q.options.ear.key, verify::read_ear_key(file.bytes));
    q.options.ear.key_source = file.name;
  }
  for (std::size_t i = 0; i < c.flags.size(); ++i) {
    if (const auto plain = plain_flags().find(c.flags[i]); plain != plain_flags().end()) {
      TEE_CHECK(plain->second(q, {}));
      continue;
    }
    const auto row = value_flags().find(c.flags[i]);
    if (row == value_flags().end() || i + 1 == c.flags.size())
      return fail(code::internal_bug, "variants.h does not know the flag " + c.flags[i]);
    TEE_CHECK(row->second(q, c.flags[++i]));
  }
  return q;
}

inline Result<CollateralSet> read_collateral_of(const mint::Case& c) {
  CollateralSet out;
  for (const mint::Artifact& file : c.collateral) {
    TEE_TRY(CollateralSet one, read_collateral(file.bytes, file.name, Origin::supplied));
    out.merge(std::move(one));
  }
  return out;
}

inline verify::Questions questions_for(const mint::Case& c) {
  Result<verify::Questions> q = read_questions(c);
  if (!q) FAIL(c.name << ": " << q.error().message);
  return *std::move(q);
}

inline CollateralSet collateral_for(const mint::Case& c) {
  Result<CollateralSet> set = read_collateral_of(c);
  if (!set) FAIL(c.name << ": " << set.error().message);
  return *std::move(set);
}

inline verify::Outcome appraise_case(const mint::Case& c) {
  const verify::Subject subject = verify::recognise(c.evidence.bytes, c.evidence.name);
  return verify::appraise(subject, questions_for(c), collateral_for(c));
}

// Every check that is not a pass, for the message of a failed test.
inline std::string explain(const verify::Outcome& out) {
  std::string text = std::string(to_string(out.verdict));
  for (const Check& c : out.findings.checks)
    if (c.status != CheckStatus::pass)
      text += "\n  " + c.id + " " + std::string(to_string(c.status)) + " " +
              (c.code ? std::string(c.code->name) : "") + ": " + c.message +
              (c.expected.empty() ? "" : " (expected " + c.expected + ", actual " + c.actual + ")");
  return text;
}

// The result document is always valid JSON that agrees with the outcome.
inline void check_result_document(const verify::Subject& subject, const verify::Outcome& out) {
  const std::string text = json::dump(verify::result_json(subject, out));
  const Result<Json> back = json::parse(text);
  REQUIRE(back.has_value());
  CHECK((*back)["exit"] == static_cast<int>(out.exit));
  CHECK((*back)["verdict"] == to_string(out.verdict));
}

inline void check_case(const mint::Case& c) {
  CAPTURE(c.name);
  const Result<verify::Questions> questions = read_questions(c);
  const Result<CollateralSet> collateral = read_collateral_of(c);
  if (!questions || !collateral) {
    const Error& error = questions ? collateral.error() : questions.error();
    CAPTURE(error.message);
    CHECK(static_cast<int>(exit_for(error.code->category)) == c.exit);
    CHECK(error.code->name == c.code);
    return;
  }
  const verify::Subject subject = verify::recognise(c.evidence.bytes, c.evidence.name);
  const verify::Outcome out = verify::appraise(subject, *questions, *collateral);
  CAPTURE(explain(out));
  CHECK(static_cast<int>(out.exit) == c.exit);
  if (out.error) {
    CHECK(out.error->code->name == c.code);
    return;
  }
  if (!c.code.empty()) {
    CAPTURE(c.code);
    CHECK(std::find(out.reasons.begin(), out.reasons.end(), c.code) != out.reasons.end());
  }
  check_result_document(subject, out);
}

// Makes one variant and checks that tee-verify says what it must.
inline void check_variant(const mint::Vendor& vendor, std::string_view name) {
  const Result<mint::Case> made = vendor.make(name);
  if (!made) FAIL(vendor.name << "/" << name << ": " << made.error().message);
  CHECK(made->name == name);
  check_case(*made);
}

// All variants, one doctest subcase each.
inline void check_all_variants(const mint::Vendor& vendor) {
  for (const mint::Variant& v : vendor.variants()) {
    CAPTURE(v.name);
    check_variant(vendor, v.name);
  }
}

}  // namespace tee::test
