// The rows of the room, and what they do besides judging: decoding, and saying what identifies a workload.
#include "providers/nitro/verifier.h"

#include "base/encoding.h"
#include "providers/nitro/chain.h"
#include "providers/nitro/claims.h"
#include "providers/nitro/codes.h"
#include "providers/nitro/verify.h"

namespace tee::nitro {

namespace {

Json certificate_json(ByteView der, std::string_view role) {
  const Result<crypto::Certificate> c = crypto::parse_certificate(der);
  if (!c) return Json{{"role", role}, {"error", c.error().message}};
  return Json{{"role", role},
              {"subject", c->subject_text()},
              {"issuer", c->issuer_text()},
              {"serial", c->serial_hex()},
              {"not_before", rfc3339(c->not_before)},
              {"not_after", rfc3339(c->not_after)},
              {"key", c->key ? crypto::describe(*c->key) : c->key_problem},
              {"sha256", hex(c->fingerprint())}};
}

Result<Json> inspect(ByteView evidence) {
  TEE_TRY(const cose::Sign1 message, read_message(evidence));
  TEE_TRY(const Document document, parse_document(message.payload));
  Json out = decode(message, document);
  if (const Bytes* pcr0 = document.pcr(0); pcr0 && document.kind == Kind::enclave)
    out["measurement"] = hex(*pcr0);
  out["signature"] = {{"algorithm", message.algorithm ? Json(*message.algorithm) : Json(nullptr)},
                      {"bytes", message.signature.size()}};
  Json& chain = out["certificates"] = Json::array();
  chain.push_back(certificate_json(document.certificate, "leaf"));
  for (std::size_t i = document.cabundle.size(); i-- > 0;)
    chain.push_back(certificate_json(document.cabundle[i], bundle_role(i, document.cabundle.size())));
  return out;
}

// PCR0 is the image; PCR1 and PCR2 say where its parts begin, which PCR0 alone does not (rule S5).
WorkloadAnswer enclave_workload(const std::set<std::string>& pinned, const Findings&,
                                const AppraisalOptions&) {
  WorkloadAnswer answer;
  answer.answered = pinned.contains("pcr0") || pinned.contains("measurement");
  if (answer.answered && !(pinned.contains("pcr1") && pinned.contains("pcr2")))
    answer.remark = &code::pcr0_alone;
  answer.missing = "--expect pcr0=HEX --expect pcr1=HEX --expect pcr2=HEX";
  return answer;
}

// No register of a NitroTPM identifies a workload by itself.
WorkloadAnswer tpm_workload(const std::set<std::string>&, const Findings&, const AppraisalOptions&) {
  return {};
}

template <Kind kind>
bool recognise(ByteView evidence) {
  return kind_of(evidence) == kind;
}
template <Kind kind>
void verify(const VerifyInput& input, Findings& out) {
  verify_as(kind, input, out);
}

constexpr Verifier kVerifiers[] = {
    {Provider::aws_nitro, EvidenceType::nitro_document, recognise<Kind::enclave>, verify<Kind::enclave>,
     inspect, enclave_workload},
    {Provider::aws_nitro, EvidenceType::nitrotpm_document, recognise<Kind::nitrotpm>, verify<Kind::nitrotpm>,
     inspect, tpm_workload},
};

}  // namespace

std::span<const Verifier> verifiers() { return kVerifiers; }

}  // namespace tee::nitro
