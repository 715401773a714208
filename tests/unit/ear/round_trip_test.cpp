// What tee-verify writes as an EAR comes back as evidence, and the samples of other verifiers.
#include <cstdlib>
#include <functional>
#include <set>

#include "unit/variants.h"

#include "base/env.h"
#include "codec/jwt.h"
#include "providers/ear/evidence.h"
#include "verify/asked.h"
#include "verify/ear.h"

using namespace tee;
using namespace tee::verify;

namespace {

constexpr Time kNow = unix_time(1'790'000'000);
const Bytes kNonce(32, 0x42);

// A verdict as the first verifier gives it.
struct First {
  Subject subject;
  Questions q;
  Outcome out;
  First() {
    subject.name = "report.bin";
    subject.input = {1, 2, 3};
    subject.type = EvidenceType::sev_snp_report;
    q.nonce = kNonce;
    q.options.expectations.push_back(*parse_expectation("measurement", std::string(96, '7')));
    out.verdict = Verdict::pass;
    out.scope = "workload";
    out.freshness = "nonce";
    out.genuine = out.signature_verified = out.chain_verified = out.platform_verified = true;
    out.verified_at = kNow;
    out.asked = std::make_shared<const Asked>(what_was_asked(q, {}));
  }
  std::string token(const crypto::PrivateKey& key) const {
    return sign_ear(ear_json(subject, out, {kNow, q.nonce, "ci.example"}), key).value();
  }
};

Questions relying_party(const crypto::PrivateKey& key, const Asked& asked) {
  Questions q;
  q.options.at = q.real_now = kNow + Seconds(10);
  q.options.ear.key = key.public_key();
  q.options.ear.audience = "ci.example";
  q.options.ear.policies = {asked.sha256};
  q.nonce = kNonce;
  return q;
}

Outcome judge(const std::string& token, const Questions& q) { return appraise(recognise(to_bytes(as_bytes(token)), "ear.jwt"), q, {}); }

bool gave(const Outcome& o, std::string_view code) { return std::find(o.reasons.begin(), o.reasons.end(), code) != o.reasons.end(); }

}  // namespace

TEST_CASE("a full verdict, signed with each kind of key, passes for the relying party that it was made for") {
  const First first;
  for (const auto& key : {crypto::PrivateKey::generate_ec(crypto::Curve::p256), crypto::PrivateKey::generate_ec(crypto::Curve::p384),
                          crypto::PrivateKey::generate_ed25519()}) {
    REQUIRE(key.has_value());
    const Outcome o = judge(first.token(*key), relying_party(*key, *first.out.asked));
    CAPTURE(test::explain(o));
    CHECK(o.verdict == Verdict::pass);
    CHECK(o.findings.claims.at("policy_sha256") == ClaimValue(to_bytes(first.out.asked->sha256)));
    CHECK(o.findings.claims.at("evidence_type") == ClaimValue(std::string("sev_snp_report")));
    Questions late = relying_party(*key, *first.out.asked);
    late.options.at = kNow + Seconds(361);
    CHECK(gave(judge(first.token(*key), late), "token.expired"));
  }
}

TEST_CASE("bad-less-than-whole_S18: whatever the first verifier lacked, the second one does not pass") {
  const auto key = crypto::PrivateKey::generate_ed25519().value();
  const auto judged_as = [&](const std::function<void(Outcome&)>& change) {
    First first;
    change(first.out);
    return judge(first.token(key), relying_party(key, *first.out.asked));
  };
  CHECK(judged_as([](Outcome&) {}).verdict == Verdict::pass);
  CHECK(gave(judged_as([](Outcome& o) { o.scope = "authenticity"; }), "ear.warning"));
  CHECK(gave(judged_as([](Outcome& o) { o.loosened = {"--allow-debug"}; }), "ear.warning"));
  CHECK(gave(judged_as([](Outcome& o) { o.time_from_caller = true; }), "ear.warning"));
  CHECK(gave(judged_as([](Outcome& o) { o.findings.trust = Trust::custom; }), "ear.warning"));
  CHECK(gave(judged_as([](Outcome& o) { o.verdict = Verdict::fail; }), "ear.contraindicated"));
  CHECK(gave(judged_as([](Outcome& o) { o.freshness = "signed_time"; }), "freshness.nonce_mismatch"));
  CHECK(judged_as([](Outcome& o) { o.verdict = Verdict::inconclusive; }).verdict != Verdict::pass);
}

TEST_CASE("questions: own reference values are part of them, and every text is UTF-8") {
  CollateralSet first, second;
  first.documents.push_back({});
  first.documents.back().kind = DocumentKind::reference_values;
  first.documents.back().sha256.fill(1);
  second = first;
  second.documents.back().sha256.fill(2);
  const auto none = what_was_asked({}, {}).sha256, one = what_was_asked({}, first).sha256;
  CHECK(one != none);
  CHECK(one != what_was_asked({}, second).sha256);
  first.documents.back().kind = DocumentKind::jwks;  // issuers replace them
  CHECK(what_was_asked({}, first).sha256 == none);
  CHECK(parse_expectation("zone", "a").has_value());
  CHECK_FALSE(parse_expectation("zone", "a\xff").has_value());
}

TEST_CASE("bad-vector-wraps: numbers of a trust vector are read as they are written") {
  for (const char* number : {"18446744073709551615", "18446744073709551606", "9223372036854775808", "128", "-129", "-9223372036854775808"}) {
    CAPTURE(number);
    const auto claims = json::parse(std::string(R"({"submods":{"a":{"ear.status":"affirming","ear.trustworthiness-vector":{"hardware":)") + number + "}}}}");
    REQUIRE(claims.has_value());
    const ear::Ear parsed = ear::parse_ear(*claims);
    CHECK(parsed.submodules.at(0).worst == ear::Tier::contraindicated);
  }
}

TEST_CASE("questions: the hash stands for what was asked, not for its order or for values of one run") {
  const auto hash = [](const std::function<void(Questions&)>& change) {
    Questions q;
    q.options.expectations = {*parse_expectation("measurement", std::string(96, '7')), *parse_expectation("host_data", std::string(64, '8'))};
    q.nonce = kNonce;
    change(q);
    return what_was_asked(q, {}).sha256;
  };
  const auto usual = hash([](Questions&) {});
  CHECK(hash([](Questions& q) { std::swap(q.options.expectations[0], q.options.expectations[1]); }) == usual);
  CHECK(hash([](Questions& q) { q.nonce = Bytes(32, 1); }) == usual);
  CHECK(hash([](Questions& q) { q.options.at = kNow; }) == usual);
  const std::vector<std::function<void(Questions&)>> others = {
      [](Questions& q) { q.nonce.reset(); },
      [](Questions& q) { q.options.expectations.pop_back(); },
      [](Questions& q) { q.options.expectations[0] = *parse_expectation("measurement", std::string(96, '6')); },
      [](Questions& q) { q.options.genuine_only = true; },
      [](Questions& q) { q.options.allow_debug = true; },
      [](Questions& q) { q.options.allow_simulated = true; },
      [](Questions& q) { q.options.allow_vmpl = 1; },
      [](Questions& q) { q.options.use_embedded_collateral = true; },
      [](Questions& q) { q.options.accept_tcb = {"OutOfDate"}; },
      [](Questions& q) { q.options.leeway = Seconds(61); },
      [](Questions& q) { q.options.issuers = {"https://a"}; },
      [](Questions& q) { q.options.min_tcb = {{"snp", 1}}; },
      [](Questions& q) { q.options.min_firmware = VersionFloor{1, 2, 3}; },
      [](Questions& q) { q.options.min_tcb_date = kNow; },
      [](Questions& q) { q.options.min_tcb_evaluation = 1; },
      [](Questions& q) { q.options.min_gpu_driver = parse_dotted_version("1.2", VersionKind::driver); },
      [](Questions& q) { q.options.min_gpu_vbios = parse_dotted_version("01.02", VersionKind::vbios); },
      [](Questions& q) { q.options.min_switch_bios = parse_dotted_version("01.02", VersionKind::vbios); },
      [](Questions& q) { q.public_key = PublicKeyBinding{}; },
      [](Questions& q) { q.user_data = Bytes{1}; },
      [](Questions& q) { q.report_data = Bytes{1}; },
      [](Questions& q) { q.stateless = StatelessNonce{}; },
      [](Questions& q) { q.require_peer_binding = true; },
      [](Questions& q) { q.max_age = Seconds(1); },
      [](Questions& q) { q.binding = Scheme::raw; },
      [](Questions& q) { q.require_parts = {{"gpu", 1}}; },
      [](Questions& q) {
        q.options.anchors.push_back({});
        q.options.anchors.back().anchor.key = crypto::PrivateKey::generate_ed25519()->public_key();
      },
      [](Questions& q) { q.options.ear.key = crypto::PrivateKey::generate_ed25519()->public_key(); },
  };
  std::set<std::array<std::uint8_t, 32>> seen{usual};
  for (std::size_t i = 0; i < others.size(); ++i) {
    CAPTURE(i);
    CHECK(seen.insert(hash(others[i])).second);
  }
}

TEST_CASE("questions: a document that anybody can hash again") {
  Questions q;
  q.nonce = kNonce;
  q.options.expectations = {*parse_expectation("measurement", std::string(96, '7'))};
  const Asked asked = what_was_asked(q, {});
  CHECK(json::dump(asked.questions) == R"({"expect":[{"claim":"measurement","is":"equal","value":")" + std::string(96, '7') +
                                           R"("}],"nonce":true,"schema":"tee.questions/1"})");
}

namespace {

std::string sample(const std::string& name) {
  const char* given = std::getenv("TEE_VECTORS");
  return std::string(given ? given : TEE_SOURCE_DIR "/../shared/vectors") + "/eat/" + name;
}
bool absent() { return !read_file(sample("ear-veraison-nojwk.jwt")).has_value(); }

Outcome judge_sample(const std::string& name, const std::optional<crypto::PublicKey>& key, Time at) {
  Questions q;
  q.options.at = q.real_now = at;
  q.options.genuine_only = true;
  q.options.ear.key = key;
  return appraise(recognise(read_file(sample(name)).value(), name), q, {});
}

}  // namespace

TEST_CASE("ear vectors: Veraison's samples under the key that goes with them" * doctest::skip(absent())) {
  const auto key = read_ear_key(read_file(sample("ear-veraison-test.jwk.json")).value()).value();
  const Time at = unix_time(1666091400);
  for (const char* name : {"ear-veraison-nojwk.jwt", "ear-veraison-jwk-header.jwt"}) {
    CAPTURE(name);
    const Outcome o = judge_sample(name, key, at);
    CAPTURE(test::explain(o));
    CHECK(o.verdict == Verdict::pass);
    CHECK(o.findings.claims.at("status") == ClaimValue(std::string("affirming")));
    CHECK(o.findings.claims.at("verifier_developer") == ClaimValue(std::string("Acme Inc.")));
    CHECK(judge_sample(name, std::nullopt, at).verdict == Verdict::inconclusive);
    CHECK(gave(judge_sample(name, crypto::PrivateKey::generate_ec(crypto::Curve::p256)->public_key(), at), "signature.invalid"));
    CHECK(gave(judge_sample(name, key, unix_time(1666091300)), "freshness.future"));
  }
}

TEST_CASE("ear vectors: Trustee's sample, whose only key is in its header" * doctest::skip(absent())) {
  const Time at = unix_time(1752059200);
  CHECK(judge_sample("ear-trustee-realm.jwt", std::nullopt, at).verdict == Verdict::inconclusive);
  CHECK(gave(judge_sample("ear-trustee-realm.jwt", std::nullopt, at), "token.key_ungiven"));
  // An operator who knows that key can name it.
  const Bytes text = read_file(sample("ear-trustee-realm.jwt")).value();
  const Json header = jwt::parse(text)->header;
  const auto key = read_ear_key(as_bytes(json::dump(header["jwk"]))).value();
  const Outcome o = judge_sample("ear-trustee-realm.jwt", key, at);
  CAPTURE(test::explain(o));
  CHECK(o.verdict == Verdict::pass);
  CHECK(gave(judge_sample("ear-trustee-realm.jwt", key, unix_time(1752059439 + 60)), "token.expired"));
}
