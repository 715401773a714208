// Good tokens and what is asked about them: nonces, images, instances.
#include "mint/gcp/plans.h"

namespace tee::mint::gcp {

namespace {

using token::Plan;
using token::Row;
using Flags = std::vector<std::string>;

const std::string kAud = "aud=" + std::string(kAudience);

Row asked(std::string_view name, std::string_view what, Flags flags, int exit, std::string code) {
  return {name, what, [flags = std::move(flags), exit, code = std::move(code)](Plan& p) {
            p.flags = flags;
            p.exit = exit;
            p.code = code;
          }};
}

Row nonces(std::string_view name, std::string_view what, Json value, std::string code) {
  return {name, what, [value = std::move(value), code = std::move(code)](Plan& p) {
            p.claims["eat_nonce"] = value;
            if (!code.empty()) p.fails(code);
          }};
}

void add_nonces(std::vector<Row>& rows) {
  const std::string nonce(kNonce);
  std::string upper = nonce;
  for (char& c : upper) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  rows.push_back(
      nonces("good-nonce-list", "our nonce is one of several", Json::array({"some-other-nonce", nonce}), ""));
  rows.push_back(
      nonces("bad-nonce-other", "another nonce", std::string(64, '7'), "freshness.nonce_mismatch"));
  rows.push_back(nonces("bad-nonce-list-without-ours", "several nonces, none of them ours",
                        Json::array({std::string(64, '7'), std::string(64, '8')}),
                        "freshness.nonce_mismatch"));
  rows.push_back(
      nonces("bad-nonce-prefix", "a prefix of ours", nonce.substr(0, 62), "freshness.nonce_mismatch"));
  rows.push_back(nonces("bad-nonce-longer", "ours and more", nonce + "00", "freshness.nonce_mismatch"));
  rows.push_back(nonces("bad-nonce-upper-case", "ours in upper case", upper, "freshness.nonce_mismatch"));
  rows.push_back(nonces("bad-nonce-number", "a number", 7, "gcp.claim_malformed"));
  rows.push_back({"bad-nonce-absent", "there is no nonce", [](Plan& p) {
                    p.claims.erase("eat_nonce");
                    p.fails("freshness.nonce_mismatch");
                  }});
  rows.push_back({"good-nonce-text", "the nonce is plain text", [](Plan& p) {
                    p.claims["eat_nonce"] = "a-nonce-that-is-text-0001";
                    p.flags[1] = "text:a-nonce-that-is-text-0001";
                  }});
  rows.push_back({"good-nonce-base64url", "the token carries the nonce in base64url", [](Plan& p) {
                    p.claims["eat_nonce"] = "ABEiM0RVZneImaq7zN3u_w";
                    p.flags[1] = "00112233445566778899aabbccddeeff";
                  }});
}

void add_questions(std::vector<Row>& rows) {
  const std::string nonce(kNonce), digest = "image_digest=" + std::string(kDigest);
  rows.push_back(asked("good-genuine-only", "only whether it is genuine", {"--genuine-only"}, 0, ""));
  rows.push_back(asked("good-max-age", "fresh by its signed time",
                       {"--max-age", "5m", "--expect", digest, "--expect", kAud}, 0, ""));
  rows.push_back(asked("bad-max-age", "older than allowed",
                       {"--max-age", "30s", "--expect", digest, "--expect", kAud}, 1, "freshness.too_old"));
  rows.push_back(asked("bad-audience-unasked_S22", "no audience is expected",
                       {"--nonce", nonce, "--expect", digest}, 4, "workload.unasked"));
  rows.push_back(asked("bad-image-unasked_S5", "an audience is no workload",
                       {"--nonce", nonce, "--expect", kAud}, 4, "workload.unasked"));
  rows.push_back(asked("bad-image-by-tag_S5", "a reference is no identity",
                       {"--nonce", nonce, "--expect", kAud, "--expect",
                        "image_reference=registry.example/app@sha256:" + std::string(kDigest)},
                       4, "workload.unasked"));
  rows.push_back(asked("bad-freshness-unasked_S6", "an unexpired token is not yet a fresh one",
                       {"--expect", digest, "--expect", kAud}, 4, "freshness.unasked"));
  rows.push_back(
      asked("bad-image-other", "another image is expected",
            {"--nonce", nonce, "--expect", kAud, "--expect", "image_digest=" + std::string(64, 'b')}, 1,
            "workload.mismatch"));
  rows.push_back(
      asked("good-image-prefixed", "the digest with its algorithm",
            {"--nonce", nonce, "--expect", kAud, "--expect", "image_digest=sha256:" + std::string(kDigest)},
            0, ""));
  rows.push_back(
      asked("good-instance-pinned", "project, zone and instance are pinned too",
            {"--nonce", nonce, "--expect", kAud, "--expect", digest, "--expect", "project_id=example",
             "--expect", "zone=us-west1-b", "--expect", "instance_id=3087957179640521392"},
            0, ""));
  rows.push_back(asked("bad-instance-other", "the token of another instance",
                       {"--nonce", nonce, "--expect", kAud, "--expect", digest, "--expect", "instance_id=1"},
                       1, "workload.mismatch"));
  rows.push_back(asked("bad-report-data", "a token has no report data",
                       {"--genuine-only", "--report-data", std::string(64, '1')}, 1, "binding.unsupported"));
}

void add_signers(std::vector<Row>& rows) {
  const auto sign_image = [](Plan& p, const std::string& wanted) {
    const auto signature = [](const std::string& id) {
      return Json{{"key_id", id}, {"signature", "AAAA"}, {"signature_algorithm", "ECDSA_P256_SHA256"}};
    };
    p.claims["submods"]["container"]["image_signatures"] =
        Json::array({signature(std::string(64, 'c')), signature(std::string(64, 'd'))});
    p.flags[3] = "image_signer=" + wanted;
  };
  rows.push_back({"good-signer-second", "the second of two signers is expected",
                  [sign_image](Plan& p) { sign_image(p, std::string(64, 'd')); }});
  rows.push_back({"bad-signer-other", "another signer is expected", [sign_image](Plan& p) {
                    sign_image(p, std::string(64, 'e'));
                    p.fails("workload.mismatch");
                  }});
  rows.push_back({"bad-signer-absent", "the image is not signed", [](Plan& p) {
                    p.flags[3] = "image_signer=" + std::string(64, 'c');
                    p.fails("claim.absent");
                  }});
}

}  // namespace

std::span<const Row> question_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> out;
    out.push_back({"good", "a TDX token of a production image, all questions asked", {}});
    add_nonces(out);
    add_questions(out);
    add_signers(out);
    return out;
  }();
  return rows;
}

}  // namespace tee::mint::gcp
