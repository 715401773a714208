// MAA tokens about SNP guests, TDX guests and whole guests (azurevm), each changed in one way.
#include "base/encoding.h"
#include "crypto/digest.h"
#include "mint/azure/maa_plans.h"

namespace tee::mint::azure {

namespace {

using token::Plan;
using token::Row;

Row with(std::string_view name, std::string_view what, std::string pointer, Json value, std::string code) {
  return {name, what,
          [pointer = std::move(pointer), value = std::move(value), code = std::move(code)](Plan& p) {
            p.claims[Json::json_pointer(pointer)] = value;
            if (!code.empty()) p.fails(code);
          }};
}

Row without(std::string_view name, std::string_view what, std::string member, std::string code) {
  return {name, what, [member = std::move(member), code = std::move(code)](Plan& p) {
            p.claims.erase(member);
            p.fails(code);
          }};
}

Row asked(std::string_view name, std::string_view what, std::vector<std::string> flags, int exit,
          std::string code) {
  return {name, what, [flags = std::move(flags), exit, code = std::move(code)](Plan& p) {
            p.flags = flags;
            p.exit = exit;
            p.code = code;
          }};
}

void more_flags(Plan& p, std::initializer_list<std::string> flags) { p.flags.insert(p.flags.end(), flags); }

void set_issuer(Plan& p, const std::string& issuer) {
  p.claims["iss"] = issuer;
  p.header["jku"] = issuer + "/certs";
}

Row issuer(std::string_view name, std::string_view what, std::string value, std::string code) {
  return {name, what, [value = std::move(value), code = std::move(code)](Plan& p) {
            set_issuer(p, value);
            if (!code.empty()) p.fails(code);
          }};
}

void add_issuers(std::vector<Row>& rows) {
  rows.push_back(issuer("good-other-region", "another of Microsoft's own instances",
                        "https://sharedeus2.eus2.attest.azure.net", ""));
  rows.push_back(issuer("bad-iss-custom-instance_S8", "anybody's instance",
                        "https://mycvm.weu.attest.azure.net", "token.issuer"));
  rows.push_back(issuer("bad-iss-two-regions_S8", "the two regions differ",
                        "https://sharedweu.eus.attest.azure.net", "token.issuer"));
  rows.push_back(issuer("bad-iss-test_S8", "the test service", "https://sharedweu.weu.test.attest.azure.net",
                        "token.issuer"));
  rows.push_back(
      issuer("bad-iss-empty-region_S8", "no region", "https://shared.attest.azure.net", "token.issuer"));
  rows.push_back(
      issuer("bad-iss-http_S8", "no TLS", "http://sharedweu.weu.attest.azure.net", "token.issuer"));
  rows.push_back(issuer("bad-iss-trailing-slash", "a slash behind the issuer",
                        "https://sharedweu.weu.attest.azure.net/", "token.issuer"));
  rows.push_back(issuer("bad-iss-other-host", "the issuer is a prefix of another host",
                        "https://sharedweu.weu.attest.azure.net.evil.example", "token.issuer"));
  rows.push_back({"good-iss-named", "a custom instance that the operator names", [](Plan& p) {
                    set_issuer(p, "https://mycvm.weu.attest.azure.net");
                    more_flags(p, {"--issuer", "https://mycvm.weu.attest.azure.net"});
                  }});
  rows.push_back({"bad-iss-absent", "there is no issuer", [](Plan& p) {
                    p.claims.erase("iss");
                    p.fails("token.issuer");
                  }});
  rows.push_back({"bad-jku-other-host", "the header points to the keys of another host", [](Plan& p) {
                    p.header["jku"] = "https://evil.example/certs";
                    p.fails("azure.jku");
                  }});
  rows.push_back(
      {"good-jku-absent", "the header names no key address", [](Plan& p) { p.header.erase("jku"); }});
  for (const auto& [name, from, to] :
       {std::tuple<std::string_view, char, char>{"bad-kid-dash", '+', '-'}, {"bad-kid-underscore", '/', '_'}})
    rows.push_back({name, "the key id respelled in the base64url alphabet", [from = from, to = to](Plan& p) {
                      std::string kid = p.kid;
                      kid.at(kid.find(from)) = to;
                      p.header["kid"] = kid;
                      p.undecided("token.key_missing");
                    }});
}

void add_common(std::vector<Row>& rows) {
  rows.push_back(without("bad-compliance-absent", "no word about compliance", "x-ms-compliance-status",
                         "azure.compliance"));
  rows.push_back(with("bad-compliance-signed", "signed, but not compliant", "/x-ms-compliance-status",
                      "azure-signed-cvm", "azure.compliance"));
  rows.push_back(with("bad-compliance-group", "a container group, which nobody asked for",
                      "/x-ms-compliance-status", "azure-compliant-uvm", "azure.compliance"));
  rows.push_back({"good-compliance-group", "a container group that is asked for by name", [](Plan& p) {
                    p.claims["x-ms-compliance-status"] = "azure-compliant-uvm";
                    more_flags(p, {"--expect", "compliance_status=azure-compliant-uvm"});
                  }});
  rows.push_back(
      {"bad-compliance-signed-expected", "expecting the weaker word does not make it enough", [](Plan& p) {
         p.claims["x-ms-compliance-status"] = "azure-signed-cvm";
         more_flags(p, {"--expect", "compliance_status=azure-signed-cvm"});
         p.fails("azure.compliance");
       }});
  rows.push_back(with("bad-type-sgx", "a token about an SGX enclave", "/x-ms-attestation-type", "sgx",
                      "azure.attestation_type"));
  rows.push_back(with("bad-type-azurevm", "a guest token without its isolation part",
                      "/x-ms-attestation-type", "azurevm", "azure.attestation_type"));
  rows.push_back(
      without("bad-type-absent", "no attestation type", "x-ms-attestation-type", "azure.attestation_type"));
  rows.push_back(
      without("bad-policy-hash-absent", "no policy hash", "x-ms-policy-hash", "azure.claim_malformed"));
  rows.push_back(with("bad-policy-hash-other", "another policy", "/x-ms-policy-hash",
                      std::string(42, 'A') + "E", "workload.mismatch"));
  rows.push_back(with("bad-policy-hash-short", "a policy hash of 31 bytes", "/x-ms-policy-hash",
                      std::string(42, 'A'), "azure.claim_malformed"));
}

void add_user_data(std::vector<Row>& rows) {
  const std::string field = "/x-ms-runtime/user-data";
  rows.push_back(
      with("good-user-data-upper-case", "user-data in upper case", field, std::string(128, 'D'), ""));
  rows.push_back(with("bad-user-data-other", "another nonce in user-data", field, std::string(128, 'c'),
                      "freshness.nonce_mismatch"));
  rows.push_back({"good-user-data-padded", "a shorter nonce, padded with zeros", [](Plan& p) {
                    p.claims["x-ms-runtime"]["user-data"] = std::string(64, 'b') + std::string(64, '0');
                    p.flags[1] = std::string(64, 'b');
                  }});
  rows.push_back({"bad-user-data-prefix", "our nonce and more", [](Plan& p) {
                    p.flags[1] = std::string(64, 'd');
                    p.fails("freshness.nonce_mismatch");
                  }});
  rows.push_back({"bad-user-data-absent", "no user-data, no nonce", [](Plan& p) {
                    p.claims["x-ms-runtime"].erase("user-data");
                    p.fails("freshness.nonce_mismatch");
                  }});
  rows.push_back({"good-nonce-claim", "the service's echo of a nonce", [](Plan& p) {
                    p.claims["x-ms-runtime"].erase("user-data");
                    p.claims["nonce"] = std::string(64, 'a');
                    p.flags[1] = std::string(64, 'a');
                  }});
  rows.push_back({"good-user-data-flag", "user data asked for as such, padded with zeros", [](Plan& p) {
                    p.claims["x-ms-runtime"]["user-data"] = std::string(64, 'b') + std::string(64, '0');
                    p.flags[0] = "--user-data";
                    p.flags[1] = std::string(64, 'b');
                    more_flags(p, {"--max-age", "5m"});
                  }});
}

void add_snp(std::vector<Row>& rows) {
  const std::string x = "/x-ms-sevsnpvm-";
  rows.push_back(
      with("bad-debuggable", "the guest can be debugged", x + "is-debuggable", true, "debug.enabled"));
  rows.push_back(
      {"good-debuggable-allowed", "the guest can be debugged, accepted with --allow-debug", [](Plan& p) {
         p.claims["x-ms-sevsnpvm-is-debuggable"] = true;
         more_flags(p, {"--allow-debug"});
       }});
  rows.push_back(without("bad-debuggable-absent", "no word about debugging", "x-ms-sevsnpvm-is-debuggable",
                         "azure.debug_unknown"));
  rows.push_back(
      with("bad-debuggable-text", "false as a text", x + "is-debuggable", "false", "azure.claim_malformed"));
  rows.push_back(
      with("bad-vmpl_S13", "a report of the guest, not of the paravisor", x + "vmpl", 1, "azure.vmpl"));
  rows.push_back(without("bad-vmpl-absent", "no word about the VMPL", "x-ms-sevsnpvm-vmpl", "azure.vmpl"));
  rows.push_back({"good-vmpl-allowed", "VMPL 2, accepted with --allow-vmpl", [](Plan& p) {
                    p.claims["x-ms-sevsnpvm-vmpl"] = 2;
                    more_flags(p, {"--allow-vmpl", "2"});
                  }});
  rows.push_back(with("bad-migration_S13", "an agent may migrate the guest", x + "migration-allowed", true,
                      "azure.migration"));
  rows.push_back(without("bad-migration-absent", "no word about migration", "x-ms-sevsnpvm-migration-allowed",
                         "azure.migration"));
  rows.push_back(with("bad-measurement-other", "another paravisor", x + "launchmeasurement",
                      std::string(96, '5'), "workload.mismatch"));
  rows.push_back(with("bad-measurement-short", "a measurement of 32 bytes", x + "launchmeasurement",
                      std::string(64, '4'), "azure.claim_malformed"));
  rows.push_back(with("bad-report-data-unbound", "report data is no hash with zeros behind it",
                      x + "reportdata", std::string(128, '2'), "azure.report_data"));
  rows.push_back(with("bad-report-data-zero", "report data is all zero", x + "reportdata",
                      std::string(128, '0'), "azure.report_data"));
  rows.push_back({"good-report-data-pinned", "the hash of the runtime data is pinned", [](Plan& p) {
                    more_flags(p, {"--expect", "report_data=" + std::string(64, '2') + std::string(64, '0')});
                  }});
  rows.push_back(
      {"bad-runtime-data-changed", "the operator's runtime data differs by one space", [](Plan& p) {
         const std::string mine = hex(crypto::sha256(as_bytes("{\"keys\": []}")));
         p.claims["x-ms-sevsnpvm-reportdata"] =
             hex(crypto::sha256(as_bytes("{\"keys\":[]}"))) + std::string(64, '0');
         more_flags(p, {"--expect", "report_data=" + mine + std::string(64, '0')});
         p.fails("workload.mismatch");
       }});
  rows.push_back({"bad-tcb-floor", "the microcode is below the floor", [](Plan& p) {
                    more_flags(p, {"--min-tcb", "ucode=89"});
                    p.fails("tcb.floor");
                  }});
  rows.push_back({"good-tcb-floor", "no component is below its floor", [](Plan& p) {
                    more_flags(p, {"--min-tcb", "bl=10,tee=0,snp=27,ucode=88"});
                  }});
  rows.push_back(asked("good-genuine-only", "only whether it is genuine", {"--genuine-only"}, 0, ""));
  rows.push_back(asked("bad-workload-unasked_S5", "compliance is no workload",
                       {"--max-age", "5m", "--expect", "compliance_status=azure-compliant-cvm"}, 4,
                       "workload.unasked"));
  rows.push_back(asked("bad-audience", "MAA tokens have no audience",
                       {"--genuine-only", "--expect", "aud=https://verifier.example"}, 1, "claim.absent"));
}

}  // namespace

std::span<const Row> snp_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> out;
    out.push_back({"good", "a token about an SNP guest, all questions asked", {}});
    add_issuers(out);
    add_common(out);
    add_user_data(out);
    add_snp(out);
    return out;
  }();
  return rows;
}

std::span<const Row> tdx_rows() {
  static const std::vector<Row> rows{
      {"good-tdx", "a token about a TDX guest", {}},
      with("bad-tdx-dbgstat-enabled", "debugging is on", "/dbgstat", "enabled", "debug.enabled"),
      with("bad-tdx-dbgstat-google", "the word of another service", "/dbgstat", "disabled-since-boot",
           "azure.debug_unknown"),
      without("bad-tdx-dbgstat-absent", "no word about debugging", "dbgstat", "azure.debug_unknown"),
      with("bad-tdx-attributes-debug", "the attribute says debug", "/tdx_td_attributes_debug", true,
           "debug.enabled"),
      with("bad-tdx-debug-bit", "only the raw attributes have the debug bit", "/tdx_td_attributes",
           "0100001000000000", "debug.enabled"),
      with("bad-tdx-migratable_S13", "a migratable TD", "/tdx_td_attributes_migratable", true,
           "azure.migration"),
      with("bad-tdx-migratable-bit_S13", "only the raw attributes say migratable", "/tdx_td_attributes",
           "0000003000000000", "azure.migration"),
      with("bad-tdx-tcb", "the platform is out of date", "/attester_tcb_status", "OutOfDate",
           "tcb.out_of_date"),
      without("bad-tdx-tcb-absent", "no TCB status", "attester_tcb_status", "azure.claim_malformed"),
      with("bad-tdx-mrtd-other", "another paravisor", "/tdx_mrtd", std::string(96, '7'), "workload.mismatch"),
      without("bad-tdx-mrtd-absent", "no MRTD", "tdx_mrtd", "azure.claim_malformed"),
      with("bad-tdx-report-data", "report data is no hash with zeros behind it", "/tdx_report_data",
           std::string(128, '2'), "azure.report_data"),
      {"good-tdx-tcb-accepted", "out of date, accepted by name",
       [](Plan& p) {
         p.claims["attester_tcb_status"] = "OutOfDate";
         more_flags(p, {"--accept-tcb", "OutOfDate"});
       }},
  };
  return rows;
}

std::span<const Row> guest_rows() {
  const std::string inner = "/x-ms-isolation-tee";
  static const std::vector<Row> rows{
      {"good-guest", "a guest token with the SNP claims inside", {}},
      {"good-guest-client-nonce", "the nonce of the client's payload",
       [](Plan& p) { p.flags[1] = std::string(64, '3'); }},
      with("bad-guest-inner-sgx", "the isolation part is about an enclave", inner + "/x-ms-attestation-type",
           "sgx", "azure.attestation_type"),
      with("bad-guest-inner-compliance", "the isolation part is not compliant",
           inner + "/x-ms-compliance-status", "azure-signed-cvm", "azure.compliance"),
      {"bad-guest-outer-compliance", "compliance stands outside of the isolation part",
       [](Plan& p) {
         p.claims["x-ms-isolation-tee"].erase("x-ms-compliance-status");
         p.claims["x-ms-compliance-status"] = "azure-compliant-cvm";
         p.fails("azure.compliance");
       }},
      with("bad-guest-inner-debug", "the isolation part says debug", inner + "/x-ms-sevsnpvm-is-debuggable",
           true, "debug.enabled"),
      with("bad-guest-kernel-debug", "the guest's kernel debugger is on", "/x-ms-azurevm-kerneldebug-enabled",
           true, "debug.enabled"),
      with("bad-guest-isolation-text", "the isolation part is a text", inner, "sevsnpvm",
           "azure.claim_malformed"),
      without("bad-guest-without-isolation", "a Trusted Launch VM, not a confidential one",
              "x-ms-isolation-tee", "azure.attestation_type"),
  };
  return rows;
}

}  // namespace tee::mint::azure
