// Variants of the signed documents as wholes: missing, stale, changed after signing, signed by somebody else,
// several of them, brought along by the attester.
#include "mint/intel/world.h"

namespace tee::mint::intel {

namespace {

using Ask = std::function<Status(const Made&, Case&)>;

Row& add(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
         Ask ask = {}) {
  Row& row = rows.emplace_back(
      Row{.name = std::move(name), .what = std::move(what), .exit = exit, .code = std::move(code)});
  row.ask = std::move(ask);
  return row;
}

Bytes answer(const Document& d) { return to_bytes(as_bytes(d.text())); }

// The two documents, so that each variant is made of both.
struct Which {
  std::string name, file;
  Document Made::*document;
};
const Which kBoth[] = {{"tcb-info", "tcb_info.json", &Made::tcb_info},
                       {"qe-identity", "qe_identity.json", &Made::qe_identity}};

void add_absent(std::vector<Row>& rows) {
  for (const Which& w : kBoth)
    add(rows, "bad-" + w.name + "-missing", "no " + w.name, 4, "collateral.missing",
        [w](const Made&, Case& c) {
          drop(c, w.file);
          return Status();
        });
  add(rows, "bad-signing-chain-missing", "no TCB Signing certificate", 4, "intel.tcb_signer.missing",
      [](const Made&, Case& c) {
        drop(c, "tcb_signing_chain.pem");
        return Status();
      });
  add(rows, "bad-no-collateral", "nothing but the quote", 4, "collateral.missing", [](const Made&, Case& c) {
    c.collateral.clear();
    return Status();
  });
}

// What must not hold any more when one byte is different.
void add_changed(std::vector<Row>& rows) {
  const std::pair<const char*, std::string (*)(std::string)> changes[] = {
      {"digit",
       [](std::string s) {
         s[s.find("tcbDate") + 10] = '3';
         return s;
       }},
      {"space",
       [](std::string s) {
         s.insert(1, " ");
         return s;
       }},
      {"newline",
       [](std::string s) {
         s.insert(s.size() - 1, "\n");
         return s;
       }},
      {"member",
       [](std::string s) {
         s.insert(1, "\"a\":1,");
         return s;
       }},
  };
  for (const Which& w : kBoth) {
    for (const auto& [name, change] : changes)
      add(rows, "bad-" + w.name + "-changed-" + name,
          std::string("a ") + name + " is different in " + w.name + " after signing", 4,
          "collateral.bad_signature", [w, change = change](const Made& m, Case& c) {
            Document d = m.*w.document;
            d.body = change(d.body);
            replace(c, w.file, answer(d));
            return Status();
          });
    add(rows, "bad-" + w.name + "-signature-flip", "one bit of the signature is flipped", 4,
        "collateral.bad_signature", [w](const Made& m, Case& c) {
          Document d = m.*w.document;
          d.signature = flip_bit(d.signature, 20);
          replace(c, w.file, answer(d));
          return Status();
        });
    add(rows, "bad-" + w.name + "-signature-short", "the signature has 63 bytes", 4,
        "collateral.bad_signature", [w](const Made& m, Case& c) {
          Document d = m.*w.document;
          d.signature.pop_back();
          replace(c, w.file, answer(d));
          return Status();
        });
    add(rows, "bad-" + w.name + "-signature-swapped", "the signature of the other document", 4,
        "collateral.bad_signature", [w](const Made& m, Case& c) {
          Document d = m.*w.document;
          d.signature = (m.*kBoth[w.document == kBoth[0].document ? 1 : 0].document).signature;
          replace(c, w.file, answer(d));
          return Status();
        });
  }
  add(rows, "bad-tcb-info-twice-in-file", "tcbInfo occurs twice in one file", 3, "collateral.malformed",
      [](const Made& m, Case& c) {
        const std::string text = m.tcb_info.text();
        replace(c, "tcb_info.json", to_bytes(as_bytes("{\"tcbInfo\":{}," + text.substr(1))));
        return Status();
      });
}

void add_times(std::vector<Row>& rows) {
  add(rows, "bad-documents-stale", "both documents are past their next update", 4, "collateral.stale").world =
      [](World& w) { w.published.next_update = w.at - Seconds(1); };
  add(rows, "bad-documents-early", "both documents are issued in a second", 4,
      "intel.collateral.not_yet_issued")
      .world = [](World& w) { w.published.issued = w.at + Seconds(1); };
  add(rows, "bad-stale-says-out-of-date", "a stale document already says no", 1, "tcb.out_of_date").world =
      [](World& w) {
        w.published.next_update = w.at - Seconds(1);
        w.published.levels.front().status = "OutOfDate";
      };
  add(rows, "bad-signer-expired", "the TCB Signing certificate ended a second ago", 4, "collateral.stale")
      .world = [](World& w) { w.pki.tcb_signing.spec.not_after = w.at - Seconds(1); };
  add(rows, "bad-signer-early", "the TCB Signing certificate begins in a second", 4,
      "intel.collateral.not_yet_issued")
      .world = [](World& w) { w.pki.tcb_signing.spec.not_before = w.at + Seconds(1); };
  // The document may be older than the certificate that is given for its signer's key.
  Row& renewed = add(rows, "good-signer-renewed",
                     "two certificates for the key of TCB Signing, one of them expired", 0, {});
  renewed.world = [](World& w) { w.pki.tcb_signing.spec.not_after = w.at - Seconds(1); };
  renewed.ask = [](const Made& m, Case& c) -> Status {
    Link again = m.world.pki.tcb_signing;
    again.spec.not_before = m.world.at - Seconds(60);
    again.spec.not_after = m.world.at + Seconds(86400);
    TEE_TRY(Bytes der, issue(again));
    c.collateral.push_back({"tcb_signing.der", std::move(der)});
    return {};
  };
}

void add_signers(std::vector<Row>& rows) {
  add(rows, "bad-signer-other-root", "TCB Signing is issued by another root of the same name", 4,
      "intel.tcb_signer.missing")
      .world = [](World& w) { w.pki.tcb_signing.signer = named_key("other root"); };
  add(rows, "bad-signer-by-ca", "TCB Signing is issued by the PCK CA", 4, "intel.tcb_signer.missing").world =
      [](World& w) {
        w.pki.tcb_signing.spec.issuer = w.pki.ca.spec.subject;
        w.pki.tcb_signing.signer = w.pki.ca.key;
      };
  add(rows, "bad-signer-name", "the documents are signed by another certificate of the root", 4,
      "intel.tcb_signer.missing")
      .world = [](World& w) { w.pki.tcb_signing.spec.subject = intel_name("Intel SGX TCB Signing 2"); };
  add(rows, "bad-signer-key-usage", "TCB Signing may not sign data", 4, "intel.tcb_signer.missing").world =
      [](World& w) {
        w.pki.tcb_signing.spec.digital_signature = false;
        w.pki.tcb_signing.spec.crl_sign = true;
      };
  add(rows, "bad-signed-by-leaf", "the documents are signed with the PCK key", 4, "collateral.bad_signature",
      [](const Made& m, Case& c) -> Status {
        TEE_TRY(const Document d, sign_document("tcbInfo", m.tcb_info.body, m.world.pki.leaf.key));
        replace(c, "tcb_info.json", answer(d));
        return {};
      });
  add(rows, "bad-anchor-for-device-only_S9", "the root is trusted for devices, not for collateral", 4,
      "intel.tcb_signer.missing", [](const Made&, Case& c) {
        std::erase_if(c.anchors, [](const auto& a) { return a.first == "collateral"; });
        return Status();
      });
}

// A second TCB info of the same platform.
Status add_second(const Made& m, Case& c, const std::function<void(Published&)>& step,
                  const crypto::PrivateKey& key) {
  Published p = m.world.published;
  step(p);
  TEE_TRY(const Document d, sign_document("tcbInfo", json::dump(tcb_info(p)), key));
  c.collateral.push_back({"second_tcb_info.json", answer(d)});
  return {};
}

void add_choice(std::vector<Row>& rows) {
  add(rows, "bad-higher-evaluation-decides_S11",
      "of two documents the one with the higher evaluation number says no", 1, "tcb.out_of_date",
      [](const Made& m, Case& c) {
        return add_second(
            m, c,
            [](Published& p) {
              p.evaluation = 20;
              p.issued -= Seconds(3600);
              p.levels.front().status = "OutOfDate";
            },
            m.world.pki.tcb_signing.key);
      });
  add(rows, "bad-later-issue-decides_S11", "of two documents with one number the later says no", 1,
      "tcb.out_of_date", [](const Made& m, Case& c) {
        return add_second(
            m, c,
            [](Published& p) {
              p.issued += Seconds(3600);
              p.levels.front().status = "OutOfDate";
            },
            m.world.pki.tcb_signing.key);
      });
  add(rows, "good-older-document_S11", "an older document says no, the newest does not", 0, {},
      [](const Made& m, Case& c) {
        return add_second(
            m, c,
            [](Published& p) {
              p.evaluation = 17;
              p.levels.front().status = "OutOfDate";
            },
            m.world.pki.tcb_signing.key);
      });
  add(rows, "good-newest-forged_S11", "a newer document with a bad signature counts as absent", 0, {},
      [](const Made& m, Case& c) {
        return add_second(
            m, c,
            [](Published& p) {
              p.evaluation = 99;
              p.levels.front().status = "Revoked";
            },
            m.world.pki.leaf.key);
      });
  add(rows, "bad-newest-stale_S11", "the newest document is stale, an older one is not", 4,
      "collateral.stale", [](const Made& m, Case& c) {
        return add_second(
            m, c,
            [&](Published& p) {
              p.evaluation = 20;
              p.next_update = m.world.at - Seconds(1);
            },
            m.world.pki.tcb_signing.key);
      });
}

// Certificates may come with the evidence; status documents never suffice alone.
void add_embedded(std::vector<Row>& rows, For tee) {
  add(rows, "bad-embedded-only_S11", "all collateral came with the evidence", 4, "collateral.embedded_only",
      [tee](const Made&, Case& c) { return embed(c, tee, {}); });
  add(rows, "good-embedded-accepted_S11", "all collateral came with the evidence and is accepted", 0, {},
      [tee](const Made&, Case& c) {
        c.flags.push_back("--use-embedded-collateral");
        return embed(c, tee, {});
      });
  Row& no = add(rows, "bad-embedded-says-no_S11", "collateral that came with the evidence says no", 1,
                "tcb.out_of_date", [tee](const Made&, Case& c) { return embed(c, tee, {}); });
  no.world = [](World& w) { w.published.levels.front().status = "OutOfDate"; };
  add(rows, "good-supplied-beats-embedded_S11", "collateral is given; older one came with the evidence too",
      0, {}, [tee](const Made& m, Case& c) -> Status {
        const std::vector<Artifact> given = c.collateral;
        TEE_CHECK(embed(c, tee, {}));
        c.collateral = given;
        return add_second(
            m, c, [](Published& p) { p.evaluation = 19; }, m.world.pki.tcb_signing.key);
      });
}

}  // namespace

void add_document_rows(std::vector<Row>& rows, For tee) {
  add_absent(rows);
  add_changed(rows);
  add_times(rows);
  add_signers(rows);
  add_choice(rows);
  add_embedded(rows, tee);
}

}  // namespace tee::mint::intel
