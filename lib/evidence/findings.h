// What a room found out about one piece of evidence: checks, claims, chain, TCB. Data, never an error. Floor F2.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "codec/json.h"
#include "crypto/path.h"
#include "evidence/claims.h"
#include "evidence/collateral.h"
#include "evidence/options.h"

namespace tee {

enum class CheckStatus { pass, fail, skipped, inconclusive };
std::string_view to_string(CheckStatus s);

// Which question of the result a check answers (design sections 4 and 10).
enum class Area {
  form,        // is it well-formed, of a known version
  signature,   // evidence … signer's key                    -> signature_verified
  chain,       // signer's key … anchor                      -> chain_verified
  platform,    // TCB, debug, VMPL, revocation, versions     -> platform_verified
  freshness,   // nonce, signed time, exp/nbf                -> freshness_verified
  workload,    // expectations                               (scope workload)
  binding,     // public key, user data
  policy,      // counts, parts, anything else demanded
};

struct Check {
  std::string id;            // stable, dotted, with the room in front: "snp.report.signature"
  Area area = Area::form;
  CheckStatus status = CheckStatus::pass;
  const Code* code = nullptr;  // never null for fail and inconclusive
  std::string message;
  std::string expected, actual;
  std::string enable_with;   // skipped, inconclusive: the flag that would settle it; only flags that add input (S26)
  bool retryable = false;
  std::string loosened;      // the loosening flag or policy item that let it pass (S7)
};

struct Warning {
  const Code* code;          // Category::note
  std::string message;
};

struct ChainLink {           // one certificate or pinned key, leaf first
  std::string subject, issuer, serial;
  std::optional<Time> not_before, not_after;   // null for pinned keys
  std::optional<std::array<std::uint8_t, 32>> sha256;
  std::string role;          // "vek", "ask (pinned)", "pck leaf", "anchor"
};

struct TcbReport {
  std::string status = "NotStated";        // Intel's words, or NotStated (S12)
  std::vector<std::string> advisories;     // sorted, unique
  Json components = Json::array();         // what keeps the platform from UpToDate, per component: name, have, need, update
  std::optional<std::uint64_t> evaluation;
  std::optional<Time> date;
  Json detail;                             // room's own: platform/module/qe statuses; null when none
};

// The fields through which a verifier's question can be answered.
struct BindingSurface {
  std::optional<Bytes> report_data;        // SNP, TDX, SGX: 64 bytes
  bool native = false;                     // Nitro, tokens: own fields below
  std::optional<Bytes> nonce, user_data, public_key;
  bool nonce_only = false;                 // a signed time alone shows no freshness (EAR, S18)
  bool user_data_padded = false;           // user_data is a fixed field: a shorter value is zero-padded to compare
  bool nonce_padded = false;               // the same for nonce
  std::vector<std::string> nonce_texts;    // tokens: eat_nonce values, exact text
  std::optional<std::size_t> nonce_size;   // SPDM: the only possible length
  std::optional<Time> signed_time;         // Nitro timestamp, token iat (S6)
  // A hardware report lies below what answers the nonce, and its age is an answer of its own (S10): the id of that check
  // and its code while it is open. user_data is then the field that the report covers.
  struct ReportFreshness {
    std::string_view check;
    const Code* open = nullptr;
  };
  std::optional<ReportFreshness> report_freshness;
};

class Findings {
 public:
  // Each adds one check. `message` states the fact; expected/actual when two values were compared.
  Check& pass(Area area, std::string id, std::string message = {});
  Check& fail(Area area, std::string id, const Code& code, std::string message, std::string expected = {},
              std::string actual = {});
  Check& undecided(Area area, std::string id, const Code& code, std::string message, std::string enable_with = {});
  Check& skip(Area area, std::string id, const Code& code, std::string message, std::string enable_with = {});
  Check& passed_by(std::string flag, Area area, std::string id, std::string message);  // allowed by a loosening flag
  void warn(const Code& code, std::string message);
  // An Error about the subject becomes a failed check with the error's code.
  void fail(Area area, std::string id, const Error& error);

  void add_chain(const crypto::Certificate& certificate, std::string role);
  void add_chain(const crypto::TrustAnchor& anchor, std::string role);
  void use(const ItemSource& item, std::string role);   // this input took part in the verdict -> inputs[]
  void expires(Time not_after);                         // valid_until becomes the earliest of these

  // The verdict rests on anchors of this kind too: `trust` becomes the weakest of all.
  void rests_on(Trust other);

  bool failed(std::string_view id) const;
  const Check* find(std::string_view id) const;

  std::vector<Check> checks;
  std::vector<Warning> warnings;
  Claims claims;
  Json vendor = Json::object();            // full decoded structure -> /claims/vendor
  std::vector<ChainLink> chain;
  std::optional<TcbReport> tcb;
  BindingSurface binding;
  Trust trust = Trust::pinned;
  bool second_hand = false;                // another verifier's word (EAR): no hardware was judged, and `genuine` stays null
  std::optional<bool> chain_applies;       // false for key sets: chain_verified stays null
  Bytes signed_bytes_sha256;               // replay identity (S23); empty while unknown
  std::vector<Bytes> signed_parts_sha256;  // of each signed report inside, where there are several: repeated ones count as well
  std::size_t judged_bytes = 0;            // evidence bytes interpreted, from offset 0; the rest is trailing
  std::optional<Time> valid_until;
  struct Input { std::string role, source; std::array<std::uint8_t, 32> sha256; };
  std::vector<Input> inputs;
};

}  // namespace tee
