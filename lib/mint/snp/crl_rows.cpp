// CRLs beside a good report (S9, S11): which count, which only revoke, which leave the question open.
#include "mint/snp/scene.h"

namespace tee::mint::snp {

namespace {

constexpr Seconds kDay{86400};

struct Issue {
  CrlSpec spec;
  crypto::PrivateKey signer = ca_key(Ca::ark);
};

// A row whose case gets one more CRL.
Row& with_crl(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
              std::function<void(const Made&, Issue&)> step = {}) {
  Row& row = rows.emplace_back(Row{std::move(name), std::move(what), exit, std::move(code)});
  row.ask = [step = std::move(step)](const Made& made, Case& c) -> Status {
    Issue issue{crl_spec(made.scene.line, kNow)};
    if (step) step(made, issue);
    return add_crl(c, "crl.der", issue.spec, issue.signer);
  };
  return row;
}

void revoke(const CertificateSpec& certificate, CrlSpec& crl) { crl.revoked.push_back(certificate.serial); }

void add_current(std::vector<Row>& rows) {
  with_crl(rows, "good-crl-current", "a current CRL that revokes nothing", 0, {});
  with_crl(rows, "good-crl-other-serials", "a current CRL that revokes another ASK", 0, {},
           [](const Made&, Issue& i) {
             i.spec.revoked = {{2, 0, 1}, {2, 0, 3}};
           });
  with_crl(rows, "good-crl-serial-zero", "serial 0 in the ARK's CRL says nothing about VEKs", 0, {},
           [](const Made&, Issue& i) { i.spec.revoked = {{0}}; });
  with_crl(rows, "good-crl-of-other-product", "a stale CRL of another product has no say", 0, {},
           [](const Made&, Issue& i) {
             i.spec = crl_spec(Line::milan, kNow - kDay * 2000);
             i.spec.revoked = {{2, 0, 2}};
           });
  Row& newer = with_crl(rows, "good-crl-older-beside",
                        "a stale CRL with a lower number stands beside the current one", 0, {});
  newer.ask = [](const Made& made, Case& c) -> Status {
    CrlSpec old = crl_spec(made.scene.line, kNow - kDay * 800);
    old.number = 2;
    TEE_CHECK(add_crl(c, "old.der", old, ca_key(Ca::ark)));
    return add_crl(c, "crl.der", crl_spec(made.scene.line, kNow), ca_key(Ca::ark));
  };
}

void add_revoked(std::vector<Row>& rows) {
  with_crl(rows, "bad-ask-revoked_S9", "the ASK is revoked", 1, "chain.revoked",
           [](const Made& m, Issue& i) { revoke(m.scene.intermediate, i.spec); });
  with_crl(rows, "bad-asvk-revoked_S9", "the ASVK is revoked", 1, "chain.revoked",
           [](const Made& m, Issue& i) { revoke(m.scene.intermediate, i.spec); })
      .kind = Kind::vlek;
  with_crl(rows, "bad-ask-revoked-in-stale-crl_S11", "a stale CRL that already says no is a no", 1,
           "chain.revoked", [](const Made& m, Issue& i) {
             i.spec = crl_spec(m.scene.line, kNow - kDay * 800);
             revoke(m.scene.intermediate, i.spec);
           });
  Row& older = with_crl(rows, "bad-ask-revoked-in-older-crl_S11",
                        "revoked in one valid CRL, absent from a newer one", 1, "chain.revoked");
  older.ask = [](const Made& made, Case& c) -> Status {
    CrlSpec old = crl_spec(made.scene.line, kNow);
    old.number = 2;
    revoke(made.scene.intermediate, old);
    TEE_CHECK(add_crl(c, "old.der", old, ca_key(Ca::ark)));
    CrlSpec fresh = crl_spec(made.scene.line, kNow);
    fresh.number = 4;
    return add_crl(c, "new.der", fresh, ca_key(Ca::ark));
  };
  Row& newer =
      with_crl(rows, "bad-newest-crl-stale_S11",
               "the newest CRL is stale; an older one that is still current does not count", 4, "crl.stale");
  newer.ask = [](const Made& made, Case& c) -> Status {
    CrlSpec fresh = crl_spec(made.scene.line, kNow);
    fresh.number = 9;
    fresh.next_update = kNow - kDay;
    TEE_CHECK(add_crl(c, "new.der", fresh, ca_key(Ca::ark)));
    return add_crl(c, "old.der", crl_spec(made.scene.line, kNow), ca_key(Ca::ark));
  };
}

void add_open(std::vector<Row>& rows) {
  with_crl(rows, "bad-crl-stale", "one second past its next update", 4, "crl.stale",
           [](const Made&, Issue& i) { i.spec.next_update = kNow - Seconds(1); });
  with_crl(rows, "bad-crl-without-next-update", "a CRL that could never be told to be old", 4, "crl.stale",
           [](const Made&, Issue& i) { i.spec.next_update.reset(); });
  with_crl(rows, "bad-crl-not-yet-valid", "a CRL that begins after the judged time", 4,
           "snp.crl.not_yet_valid", [](const Made&, Issue& i) { i.spec.this_update = kNow + Seconds(1); });
  with_crl(rows, "bad-crl-forged-empty", "an empty CRL in the ARK's name by somebody else", 4,
           "crl.bad_signature", [](const Made&, Issue& i) { i.signer = ca_key(Ca::stranger); });
  with_crl(rows, "bad-crl-forged-revoking", "a forged CRL cannot revoke either", 4, "crl.bad_signature",
           [](const Made& m, Issue& i) {
             i.signer = ca_key(Ca::stranger);
             revoke(m.scene.intermediate, i.spec);
           });
  with_crl(rows, "bad-crl-signed-by-ask", "a CRL in the ARK's name signed by the ASK", 4, "crl.bad_signature",
           [](const Made&, Issue& i) { i.signer = ca_key(Ca::ask); });
  with_crl(rows, "bad-crl-of-ask", "a CRL of the ASK, which may not sign any, lists serial 0", 4,
           "snp.crl.unusable", [](const Made& m, Issue& i) {
             i.spec.issuer = m.scene.intermediate.subject;
             i.spec.revoked = {{0}};
             i.signer = ca_key(Ca::ask);
           });
  with_crl(rows, "bad-crl-partial", "a CRL with an issuing distribution point", 4, "snp.crl.unusable",
           [](const Made&, Issue& i) {
             i.spec.extensions.push_back({"2.5.29.28", true, {0x30, 0x00}});
           });
  with_crl(rows, "bad-crl-delta", "a delta CRL", 4, "snp.crl.unusable", [](const Made&, Issue& i) {
    i.spec.extensions.push_back({"2.5.29.27", true, {0x02, 0x01, 0x01}});
  });
  with_crl(rows, "bad-crl-critical-unknown", "an unknown critical extension", 4, "snp.crl.unusable",
           [](const Made&, Issue& i) {
             i.spec.extensions.push_back({"1.2.3.4", true, {0x05, 0x00}});
           });
}

// CRLs in the certificate table behind the report came with the evidence: they may only revoke.
Row& embedded(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
              std::function<void(const Made&, CrlSpec&)> step) {
  Row& row = rows.emplace_back(Row{std::move(name), std::move(what), exit, std::move(code)});
  row.ask = [step = std::move(step)](const Made& made, Case& c) -> Status {
    CrlSpec spec = crl_spec(made.scene.line, kNow);
    step(made, spec);
    TEE_TRY(Bytes crl, make_crl(spec, ca_key(Ca::ark)));
    append(c.evidence.bytes, encode_table({{TableGuid::vcek, made.vek}, {TableGuid::crl, crl}}));
    return {};
  };
  return row;
}

void add_embedded(std::vector<Row>& rows) {
  embedded(rows, "bad-ask-revoked-by-embedded-crl_S11", "a CRL that came with the evidence may revoke", 1,
           "chain.revoked", [](const Made& m, CrlSpec& spec) { revoke(m.scene.intermediate, spec); });
  embedded(rows, "good-embedded-crl-current_S11", "and otherwise is as if absent", 0, {},
           [](const Made&, CrlSpec&) {});
  embedded(rows, "good-embedded-crl-stale_S11", "also when it is stale", 0, {},
           [](const Made&, CrlSpec& spec) { spec.next_update = kNow - kDay; });
  const auto counts = [](Row& row) {
    row.ask = [inner = row.ask](const Made& made, Case& c) -> Status {
      TEE_CHECK(inner(made, c));
      c.flags.push_back("--use-embedded-collateral");
      return {};
    };
  };
  counts(embedded(rows, "bad-embedded-crl-counts-stale", "it counts where the operator says so, and is stale",
                  4, "crl.stale", [](const Made&, CrlSpec& spec) { spec.next_update = kNow - kDay; }));
  counts(embedded(rows, "good-embedded-crl-counts", "it counts where the operator says so, and is current", 0,
                  {}, [](const Made&, CrlSpec&) {}));
}

}  // namespace

void add_crl_rows(std::vector<Row>& rows) {
  add_current(rows);
  add_revoked(rows);
  add_open(rows);
  add_embedded(rows);
}

}  // namespace tee::mint::snp
