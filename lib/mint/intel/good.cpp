// Variants that must pass: every form of quote, certificate and collateral that Intel's documents allow.
#include "base/encoding.h"
#include "codec/pem.h"
#include "mint/intel/world.h"

namespace tee::mint::intel {

namespace {

Row good(std::string name, std::string what) {
  return {.name = std::move(name), .what = std::move(what), .exit = 0};
}

using Start = std::function<World()>;
Row& add(std::vector<Row>& rows, std::string name, std::string what, Start start = {}) {
  Row& row = rows.emplace_back(good(std::move(name), std::move(what)));
  row.start = std::move(start);
  return row;
}

void add_tdx_forms(std::vector<Row>& rows) {
  add(rows, "good", "version 4, TDX 1.0, asked for MRTD, RTMR1, RTMR2 and a nonce");
  add(rows, "good-v5-td10", "version 5 with the body of TDX 1.0",
      [] { return usual_world(For::tdx, 5, Body::td10); });
  add(rows, "good-v5-td15", "version 5 with the body of TDX 1.5",
      [] { return usual_world(For::tdx, 5, Body::td15); });
  add(rows, "good-v5-td15-extended", "version 5 with the extended body of TDX 1.5",
      [] { return usual_world(For::tdx, 5, Body::td15_extended); });
  Row& module3 = add(rows, "good-module-3", "a TDX module of major version 3");
  module3.world = [](World& w) { put(w.quote.body, td::kTeeTcbSvn, Bytes{3, 3, 3}); };
  Row& module0 = add(rows, "good-module-0", "a TDX module of major version 0 has no identity of its own");
  module0.world = [](World& w) { put(w.quote.body, td::kTeeTcbSvn, Bytes{6, 0, 3}); };
  Row& azure = add(rows, "good-no-sept-ve-disable", "SEPT_VE_DISABLE is not set, as under Azure's paravisor");
  azure.world = [](World& w) { put(w.quote.body, td::kAttributes, Bytes(8)); };
  Row& pks = add(rows, "good-pks-key-locker", "protection keys and key locker are allowed");
  pks.world = [](World& w) { put(w.quote.body, td::kAttributes, Bytes{0, 0, 0, 0xd0}); };
}

void add_sgx_forms(std::vector<Row>& rows) {
  add(rows, "good", "version 3 of a platform of the Platform CA, asked for MRENCLAVE and a nonce");
  add(rows, "good-processor-ca", "version 3 of a platform of the Processor CA",
      [] { return usual_world(For::sgx, 3, Body::enclave, Authority::processor); });
  add(rows, "good-v4", "an enclave in a quote of version 4",
      [] { return usual_world(For::sgx, 4, Body::enclave); });
  add(rows, "good-v5", "an enclave in a quote of version 5",
      [] { return usual_world(For::sgx, 5, Body::enclave); });
  Row& v2 = add(rows, "good-tcb-info-v2", "TCB info of version 2");
  v2.ask = [](const Made& made, Case& c) -> Status {
    TEE_TRY(const Document d, sign_document("tcbInfo", json::dump(tcb_info_v2(made.world.published)),
                                            made.world.pki.tcb_signing.key));
    replace(c, "tcb_info.json", to_bytes(as_bytes(d.text())));
    return {};
  };
}

void add_quote_forms(std::vector<Row>& rows) {
  add(rows, "good-trailing-zeros", "zeros behind the quote").made = [](Made& m) {
    m.quote.tail = Bytes(307);
  };
  add(rows, "good-trailing-bytes", "other bytes behind the quote are reported, not interpreted").made =
      [](Made& m) { m.quote.tail = Bytes(39, 0x5a); };
  add(rows, "good-chain-order", "the chain stands as leaf, root, intermediate").made = [](Made& m) {
    m.quote.certification = pem_of({m.issued.leaf, m.issued.root, m.issued.ca});
  };
  add(rows, "good-chain-blanks", "blank lines and NUL bytes between the certificates").made = [](Made& m) {
    Bytes out;
    for (const Bytes* der : {&m.issued.leaf, &m.issued.ca, &m.issued.root}) {
      append(out, pem_of({*der}));
      append(out, Bytes{'\n', ' ', 0, '\n'});
    }
    m.quote.certification = out;
  };
  add(rows, "good-no-qe-auth-data", "no authentication data").world = [](World& w) {
    w.quote.qe_auth_data.clear();
  };
  add(rows, "good-long-qe-auth-data", "1000 bytes of authentication data").world = [](World& w) {
    w.quote.qe_auth_data = Bytes(1000, 0x0a);
  };
  add(rows, "good-svn-255", "a component of 255 needs two bytes in DER").world = [](World& w) {
    w.platform.components[15] = 255;
    w.extension = sgx_extension(w.platform);
  };
  add(rows, "good-tcb-ahead", "every component is newer than Intel's newest level").world = [](World& w) {
    for (std::uint8_t& svn : w.platform.components) svn = static_cast<std::uint8_t>(svn + 1);
    w.platform.pce_svn = 0xffff;
    w.extension = sgx_extension(w.platform);
  };
}

void add_certificate_forms(std::vector<Row>& rows) {
  Row& leaf =
      add(rows, "good-pck-leaf-only", "certification data of type 4; the CA comes with the collateral");
  leaf.made = [](Made& m) {
    m.quote.certification_type = 4;
    m.quote.certification = pem_of({m.issued.leaf});
  };
  leaf.ask = [](const Made& m, Case& c) {
    c.collateral.push_back({"pck_ca.der", m.issued.ca});
    return Status();
  };
  Row& encrypted = add(rows, "good-encrypted-ppid",
                       "certification data of type 3; the PCK chain comes with the collateral");
  encrypted.made = [](Made& m) {
    m.quote.certification_type = 3;
    m.quote.certification = Bytes(404, 0x33);
  };
  encrypted.ask = [](const Made& m, Case& c) {
    c.collateral.push_back({"pck_chain.pem", pem_of({m.issued.leaf, m.issued.ca, m.issued.root})});
    return Status();
  };
  Row& renewed =
      add(rows, "good-leaf-renewed", "the leaf in the quote is expired, a new one for its key is given");
  renewed.world = [](World& w) { w.pki.leaf.spec.not_after = w.at - Seconds(1); };
  renewed.ask = [](const Made& m, Case& c) -> Status {
    Link again = m.world.pki.leaf;
    again.spec.not_after = m.world.at + Seconds(86400);
    TEE_TRY(Bytes der, issue(again));
    c.collateral.push_back({"pck.der", std::move(der)});
    return {};
  };
  Row& reissued =
      add(rows, "good-root-reissued", "the quote carries another certificate of the same root name and key");
  reissued.ask = [](const Made& m, Case& c) -> Status {
    Link other = m.world.pki.root;
    other.spec.not_after += Seconds(86400);
    TEE_TRY(Bytes der, issue(other));
    for (auto& [role, file] : c.anchors) file.bytes = der;
    return {};
  };
}

std::string percent_encoded(ByteView text) {
  std::string out;
  for (const std::uint8_t b : text) {
    const bool plain = (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '-';
    out += plain ? std::string(1, static_cast<char>(b)) : "%" + hex(Bytes{b});
  }
  return out;
}

// All in one object, as DCAP tools keep it.
Json quote_collateral(const Made& m) {
  const std::string chain(as_text(pem_of({m.issued.tcb_signing, m.issued.root})));
  return {{"tcb_info", m.tcb_info.body},
          {"tcb_info_signature", hex(m.tcb_info.signature)},
          {"tcb_info_issuer_chain", chain},
          {"qe_identity", m.qe_identity.body},
          {"qe_identity_signature", hex(m.qe_identity.signature)},
          {"qe_identity_issuer_chain", chain},
          {"root_ca_crl", hex(m.root_crl)},
          {"pck_crl", hex(m.pck_crl)},
          {"pck_crl_issuer_chain", std::string(as_text(pem_of({m.issued.ca, m.issued.root})))}};
}

void add_collateral_forms(std::vector<Row>& rows) {
  add(rows, "good-quote-collateral", "the collateral in one object").ask = [](const Made& m, Case& c) {
    c.collateral = {{"collateral.json", to_bytes(as_bytes(json::dump(quote_collateral(m))))}};
    return Status();
  };
  add(rows, "good-issuer-chain-header", "the TCB Signing chain percent-encoded, as in a header").ask =
      [](const Made& m, Case& c) {
        const std::string text = percent_encoded(pem_of({m.issued.tcb_signing, m.issued.root}));
        replace(c, "tcb_signing_chain.pem", to_bytes(as_bytes(text)));
        return Status();
      };
  add(rows, "good-evaluation-floor", "the lower evaluation number is at the floor").ask = [](const Made&,
                                                                                             Case& c) {
    c.flags.insert(c.flags.end(), {"--min-tcb-evaluation", "18"});
    return Status();
  };
  add(rows, "good-tcb-date-floor", "the date of the matched level is at the floor").ask = [](const Made&,
                                                                                             Case& c) {
    c.flags.insert(c.flags.end(), {"--min-tcb-date", "2024-11-13"});
    return Status();
  };
  add(rows, "good-other-platforms", "TCB info of other platforms beside the right one").ask =
      [](const Made& m, Case& c) -> Status {
    Published other = m.world.published;
    other.fmspc = "B0C06F000000";
    other.evaluation = 99;
    TEE_TRY(const Document d,
            sign_document("tcbInfo", json::dump(tcb_info(other)), m.world.pki.tcb_signing.key));
    c.collateral.push_back({"other.json", to_bytes(as_bytes(d.text()))});
    return {};
  };
  add(rows, "good-lower-case-fmspc", "the FMSPC in lower case").world = [](World& w) {
    w.published.fmspc = "00806f050000";
  };
  add(rows, "good-levels-unordered", "the levels stand in another order").world = [](World& w) {
    std::swap(w.published.levels.front(), w.published.levels.back());
    std::swap(w.published.qe.front(), w.published.qe.back());
  };
  add(rows, "good-last-second", "judged at the last second of the TCB info; ends are inclusive").ask =
      [](const Made& m, Case& c) {
        c.at = m.world.published.next_update;
        return Status();
      };
}

}  // namespace

void add_good_rows(std::vector<Row>& rows, For tee) {
  if (tee == For::tdx)
    add_tdx_forms(rows);
  else
    add_sgx_forms(rows);
  add_quote_forms(rows);
  add_certificate_forms(rows);
  add_collateral_forms(rows);
}

}  // namespace tee::mint::intel
