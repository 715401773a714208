// Variants of the revocation lists. Intel needs them: without a current list the verdict stays open.
#include "mint/intel/world.h"

namespace tee::mint::intel {

namespace {

using WorldStep = std::function<void(World&)>;
using Ask = std::function<Status(const Made&, Case&)>;

void add_world(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
               WorldStep step) {
  rows.emplace_back(
          Row{.name = std::move(name), .what = std::move(what), .exit = exit, .code = std::move(code)})
      .world = std::move(step);
}
void add_ask(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
             Ask ask) {
  rows.emplace_back(
          Row{.name = std::move(name), .what = std::move(what), .exit = exit, .code = std::move(code)})
      .ask = std::move(ask);
}

// The same for both lists.
void add_each(std::vector<Row>& rows, const std::string& which, CrlSpec World::*list,
              const std::string& file) {
  const std::string name = which + "-crl-";
  add_world(rows, "bad-" + name + "stale", which + " CRL past its next update", 4, "crl.stale",
            [list](World& w) { (w.*list).next_update = w.at - Seconds(1); });
  add_world(rows, "bad-" + name + "no-next-update", which + " CRL without next update", 4, "crl.stale",
            [list](World& w) { (w.*list).next_update.reset(); });
  add_world(rows, "bad-" + name + "early", which + " CRL that begins in a second", 4,
            "intel.crl.not_yet_valid", [list](World& w) { (w.*list).this_update = w.at + Seconds(1); });
  add_world(rows, "bad-" + name + "no-number", which + " CRL without CRL number", 4, "intel.crl.unusable",
            [list](World& w) { (w.*list).number.reset(); });
  add_world(rows, "bad-" + name + "no-key-id", which + " CRL without authority key id", 4,
            "intel.crl.unusable", [list](World& w) { (w.*list).authority_key_id = false; });
  add_world(rows, "bad-" + name + "critical", which + " CRL with an unknown critical extension", 4,
            "intel.crl.unusable", [list](World& w) {
              (w.*list).extensions.push_back({"1.2.3.4", true, {5, 0}});
            });
  add_world(rows, "bad-" + name + "delta", which + " CRL that is a delta", 4, "intel.crl.unusable",
            [list](World& w) {
              (w.*list).extensions.push_back({"2.5.29.27", true, {2, 1, 1}});
            });
  add_ask(rows, "bad-" + name + "missing", "no " + which + " CRL", 4, "crl.missing",
          [file](const Made&, Case& c) {
            drop(c, file);
            return Status();
          });
}

void add_signatures(std::vector<Row>& rows) {
  add_ask(rows, "bad-root-crl-signature", "the root CRL is signed by the CA", 4, "crl.bad_signature",
          [](const Made& m, Case& c) -> Status {
            TEE_TRY(Bytes der, make_crl(m.world.root_crl, m.world.pki.ca.key));
            replace(c, "root_crl.der", std::move(der));
            return {};
          });
  add_ask(rows, "bad-pck-crl-signature", "one bit of the PCK CRL is flipped", 4, "crl.bad_signature",
          [](const Made& m, Case& c) {
            replace(c, "pck_crl.der", flip_bit(m.pck_crl, m.pck_crl.size() - 1));
            return Status();
          });
  add_ask(rows, "bad-pck-crl-other-ca", "the CRL of the Processor CA for a platform of the Platform CA", 4,
          "crl.missing", [](const Made& m, Case& c) -> Status {
            CrlSpec spec = m.world.pck_crl;
            spec.issuer = intel_name("Intel SGX PCK Processor CA");
            TEE_TRY(Bytes der, make_crl(spec, named_key("processor ca")));
            replace(c, "pck_crl.der", std::move(der));
            return {};
          });
  add_world(rows, "bad-pck-crl-by-ca-without-right", "the CA may not sign lists", 4, "intel.crl.unusable",
            [](World& w) { w.pki.ca.spec.crl_sign = false; });
}

void add_revoked(std::vector<Row>& rows) {
  add_world(rows, "bad-leaf-revoked", "the PCK CRL lists the leaf", 1, "chain.revoked",
            [](World& w) { w.pck_crl.revoked.push_back(w.pki.leaf.spec.serial); });
  add_world(rows, "bad-ca-revoked", "the root CRL lists the CA", 1, "chain.revoked",
            [](World& w) { w.root_crl.revoked.push_back(w.pki.ca.spec.serial); });
  add_world(rows, "bad-signer-revoked", "the root CRL lists TCB Signing", 4, "intel.tcb_signer.revoked",
            [](World& w) { w.root_crl.revoked.push_back(w.pki.tcb_signing.spec.serial); });
  add_world(rows, "bad-leaf-revoked-stale", "a stale list already says no", 1, "chain.revoked", [](World& w) {
    w.pck_crl.revoked.push_back(w.pki.leaf.spec.serial);
    w.pck_crl.next_update = w.at - Seconds(1);
  });
  add_world(rows, "good-same-serial-elsewhere",
            "the root CRL lists the serial of the leaf, which the root did not issue", 0, {},
            [](World& w) { w.root_crl.revoked.push_back(w.pki.leaf.spec.serial); });
}

// Two lists of one issuer.
void add_second(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
                std::function<void(const World&, CrlSpec&)> step) {
  add_ask(rows, std::move(name), std::move(what), exit, std::move(code),
          [step = std::move(step)](const Made& m, Case& c) -> Status {
            CrlSpec spec = m.world.pck_crl;
            step(m.world, spec);
            TEE_TRY(Bytes der, make_crl(spec, m.world.pki.ca.key));
            c.collateral.push_back({"second_crl.der", std::move(der)});
            return {};
          });
}

void add_choice(std::vector<Row>& rows) {
  add_second(rows, "bad-older-list-revokes_S11", "an older list, still valid, names the leaf", 1,
             "chain.revoked", [](const World& w, CrlSpec& spec) {
               spec.this_update -= Seconds(60);
               spec.revoked.push_back(w.pki.leaf.spec.serial);
             });
  add_second(rows, "good-older-list-stale_S11", "a stale list of the same number beside the current one", 0,
             {}, [](const World& w, CrlSpec& spec) {
               spec.this_update -= Seconds(30 * 86400);
               spec.next_update = w.at - Seconds(60);
             });
  add_second(rows, "bad-newest-list-stale_S11", "the newest list is stale, an older one still current", 4,
             "crl.stale", [](const World& w, CrlSpec& spec) {
               spec.number = 2;
               spec.next_update = w.at - Seconds(1);
             });
}

void add_embedded(std::vector<Row>& rows) {
  add_ask(rows, "bad-crl-embedded-only_S11", "both lists came only with the evidence", 4,
          "collateral.embedded_only", [](const Made& m, Case& c) {
            return embed(c, m.world.tee, {"root_crl.der", "pck_crl.der"});
          });
  add_ask(rows, "good-crl-embedded-accepted_S11", "both lists came with the evidence and are accepted", 0, {},
          [](const Made& m, Case& c) {
            c.flags.push_back("--use-embedded-collateral");
            return embed(c, m.world.tee, {"root_crl.der", "pck_crl.der"});
          });
  Row& row = rows.emplace_back(Row{.name = "bad-crl-embedded-revokes_S11",
                                   .what = "a list that came with the evidence names the leaf",
                                   .exit = 1,
                                   .code = "chain.revoked"});
  row.world = [](World& w) { w.pck_crl.revoked.push_back(w.pki.leaf.spec.serial); };
  row.ask = [](const Made& m, Case& c) { return embed(c, m.world.tee, {"pck_crl.der"}); };
}

}  // namespace

void add_crl_rows(std::vector<Row>& rows) {
  add_each(rows, "root", &World::root_crl, "root_crl.der");
  add_each(rows, "pck", &World::pck_crl, "pck_crl.der");
  add_signatures(rows);
  add_revoked(rows);
  add_choice(rows);
  add_embedded(rows);
}

}  // namespace tee::mint::intel
