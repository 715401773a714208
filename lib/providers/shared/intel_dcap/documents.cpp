#include "providers/shared/intel_dcap/documents.h"

#include <algorithm>
#include <functional>

#include "base/encoding.h"
#include "providers/shared/intel_dcap/codes.h"

namespace tee::intel {

namespace {

constexpr std::size_t kMostTrials = 16;  // signatures that documents of an attester's choice can cost

// Why nothing was chosen: the reason that is nearest to having a document.
struct Reason {
  int rank = 0;
  const Code* code = nullptr;
  std::string text;
  void offer(int new_rank, const Code& new_code, const std::string& new_text) {
    if (new_rank <= rank) return;
    rank = new_rank;
    code = &new_code;
    text = new_text;
  }
};

template <class Content>
struct Wanted {
  std::string id;    // "intel.tcb_info"
  std::string name;  // "TCB info for TDX, FMSPC 00806f050000"
  DocumentKind kind;
  Result<Content> (*parse)(ByteView body);
  std::function<std::string(const Content&)> other;  // what it is instead, or empty when it is the one
};

template <class Content>
class Chooser {
 public:
  Chooser(const Wanted<Content>& wanted, const CollateralSet& collateral, const AppraisalOptions& options,
          TcbSigners& signers)
      : wanted_(wanted), options_(options), signers_(signers) {
    reason_.offer(1, code::collateral_missing, "no " + wanted.name + " was given");
    for (const DocumentItem& item : collateral.documents)
      if (item.kind == wanted.kind) consider(item);
  }

  Chosen<Content> run(Findings& out) {
    Chosen<Content> chosen = choose();
    if (!chosen.item) {
      out.undecided(Area::platform, wanted_.id + ".signature", *reason_.code, printable(reason_.text, 512),
                    "--collateral");
      out.skip(Area::platform, wanted_.id + ".fresh", *reason_.code,
               "not judged: there is no " + wanted_.name);
      return chosen;
    }
    report(chosen, out);
    return chosen;
  }

 private:
  struct Candidate {
    const DocumentItem* item;
    Content content;
  };

  bool counts(const DocumentItem& item) const {
    return item.origin == Origin::supplied || options_.use_embedded_collateral;
  }

  void consider(const DocumentItem& item) {
    Result<Content> content = wanted_.parse(item.body);
    if (!content) {
      reason_.offer(3, *content.error().code, printable(item.source) + ": " + content.error().message);
    } else if (const std::string other = wanted_.other(*content); !other.empty()) {
      reason_.offer(2, code::collateral_missing, "no " + wanted_.name + " was given; there is one " + other);
    } else if (content->issued > options_.at) {
      reason_.offer(
          4, code::collateral_not_yet_issued,
          "the " + wanted_.name + " was issued at " + rfc3339(content->issued) + ", after the judged time");
    } else {
      candidates_.push_back({&item, *std::move(content)});
    }
  }

  // Newest first; those that only came with the evidence behind all that count.
  void sort() {
    std::stable_sort(candidates_.begin(), candidates_.end(), [this](const Candidate& a, const Candidate& b) {
      if (counts(*a.item) != counts(*b.item)) return counts(*a.item);
      if (a.content.evaluation != b.content.evaluation) return a.content.evaluation > b.content.evaluation;
      return a.content.issued > b.content.issued;
    });
  }

  Chosen<Content> choose() {
    sort();
    for (std::size_t i = 0; i < std::min(candidates_.size(), kMostTrials); ++i) {
      Candidate& c = candidates_[i];
      if (const TcbSigner* signer = signers_.signer_of(*c.item))
        return {std::move(c.content), c.item, signer};
      ++passed_over_;
      if (signers_.any_trusted())
        reason_.offer(6, code::collateral_bad_signature,
                      "the signature of the " + wanted_.name + " does not hold over its bytes as given");
      else
        reason_.offer(5, code::tcb_signer_missing, signers_.problem());
    }
    return {};
  }

  void report(const Chosen<Content>& chosen, Findings& out) {
    const Content& content = *chosen.content;
    out.use(*chosen.item, std::string(to_string(wanted_.kind)));
    out.use(*chosen.signer->item, "tcb signing");
    out.pass(Area::platform, wanted_.id + ".signature",
             passed_over_ == 0 ? "signed by Intel SGX TCB Signing"
                               : "signed by Intel SGX TCB Signing; " + std::to_string(passed_over_) +
                                     " newer without a valid signature count as absent");
    if (options_.at > content.next_update) {
      out.undecided(Area::platform, wanted_.id + ".fresh", code::collateral_stale,
                    "the " + wanted_.name + " was current until " + rfc3339(content.next_update),
                    "--collateral");
    } else {
      out.pass(Area::platform, wanted_.id + ".fresh", "current until " + rfc3339(content.next_update));
      out.expires(content.next_update);
    }
    if (chosen.item->origin == Origin::supplied) return;
    const std::string text = "the " + wanted_.name + " came with the evidence";
    if (options_.use_embedded_collateral)
      out.passed_by("--use-embedded-collateral", Area::platform, wanted_.id + ".origin", text);
    else
      out.undecided(Area::platform, wanted_.id + ".origin", code::collateral_embedded_only, text,
                    "--collateral");
  }

  const Wanted<Content>& wanted_;
  const AppraisalOptions& options_;
  TcbSigners& signers_;
  std::vector<Candidate> candidates_;
  std::size_t passed_over_ = 0;
  Reason reason_;
};

Wanted<TcbInfo> wanted_tcb_info(Tee tee, const PckFields& fields) {
  Wanted<TcbInfo> out;
  const std::string family = hex(fields.fmspc), pce = hex(fields.pce_id);
  out.id = "intel.tcb_info";
  out.name = "TCB info for " + std::string(to_string(tee)) + ", FMSPC " + family;
  out.kind = DocumentKind::tcb_info;
  out.parse = parse_tcb_info;
  out.other = [tee, fields](const TcbInfo& info) -> std::string {
    if (info.tee != tee) return "for " + std::string(to_string(info.tee));
    if (info.fmspc != fields.fmspc) return "for FMSPC " + hex(info.fmspc);
    if (info.pce_id != fields.pce_id) return "for PCE id " + hex(info.pce_id);
    return {};
  };
  return out;
}

Wanted<QeIdentity> wanted_identity(Tee tee) {
  Wanted<QeIdentity> out;
  const std::string id = tee == Tee::tdx ? "TD_QE" : "QE";
  out.id = "intel.qe_identity";
  out.name = "enclave identity " + id;
  out.kind = DocumentKind::qe_identity;
  out.parse = parse_qe_identity;
  out.other = [id](const QeIdentity& identity) {
    return identity.id == id ? std::string() : "called " + identity.id;
  };
  return out;
}

}  // namespace

Documents choose_documents(Tee tee, const std::optional<PckFields>& fields, const CollateralSet& collateral,
                           const AppraisalOptions& options, TcbSigners& signers, Findings& out) {
  Documents documents;
  if (fields) {
    const Wanted<TcbInfo> wanted = wanted_tcb_info(tee, *fields);
    documents.tcb_info = Chooser<TcbInfo>(wanted, collateral, options, signers).run(out);
  } else {
    out.undecided(Area::platform, "intel.tcb_info.signature", code::chain_missing,
                  "without the PCK certificate it is not known which TCB info to ask", "--collateral");
  }
  const Wanted<QeIdentity> identity = wanted_identity(tee);
  documents.qe_identity = Chooser<QeIdentity>(identity, collateral, options, signers).run(out);
  return documents;
}

}  // namespace tee::intel
