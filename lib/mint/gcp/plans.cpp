#include "mint/gcp/plans.h"

namespace tee::mint::gcp {

namespace {

Json container() {
  return {{"image_reference", "registry.example/app@sha256:" + std::string(kDigest)},
          {"image_digest", "sha256:" + std::string(kDigest)},
          {"image_id", "sha256:" + std::string(64, '5')},
          {"restart_policy", "Never"},
          {"args", Json::array({"/app", "--serve"})},
          {"env", {{"HOSTNAME", "app-1"}, {"PATH", "/usr/bin:/bin"}}}};
}

Json claims() {
  return {{"iss", kIssuer},
          {"aud", kAudience},
          {"sub", "https://www.googleapis.com/compute/v1/projects/example/zones/us-west1-b/instances/app-1"},
          {"iat", token::kIssued},
          {"nbf", token::kIssued},
          {"exp", token::kIssued + 3600},
          {"eat_nonce", kNonce},
          {"eat_profile",
           "https://cloud.google.com/confidential-computing/confidential-space/docs/reference/token-claims"},
          {"secboot", true},
          {"oemid", 11129},
          {"hwmodel", "GCP_INTEL_TDX"},
          {"swname", "CONFIDENTIAL_SPACE"},
          {"swversion", Json::array({"260900"})},
          {"attester_tcb", Json::array({"INTEL"})},
          {"dbgstat", "disabled-since-boot"},
          {"google_service_accounts", Json::array({"app@example.iam.gserviceaccount.com"})},
          {"tdx",
           {{"gcp_attester_tcb_status", "UpToDate"},
            {"gcp_attester_tcb_date", "2026-05-14T00:00:00Z"},
            {"tcb_evaluation_data_number", 19}}},
          {"submods",
           {{"confidential_space",
             {{"support_attributes", Json::array({"LATEST", "STABLE", "USABLE"})},
              {"monitoring_enabled", {{"memory", false}}}}},
            {"container", container()},
            {"gce",
             {{"zone", "us-west1-b"},
              {"project_id", "example"},
              {"project_number", "724467010559"},
              {"instance_name", "app-1"},
              {"instance_id", "3087957179640521392"}}}}}};
}

}  // namespace

token::Plan oidc_plan() {
  token::Plan p;
  p.issuer = kIssuer;
  p.provider = "gcp_confidential";
  p.type = "gcp_confidential_token";
  p.kid = "1be6ff7287d640316ddc929e1a8b21fbca7e54e7";
  p.second_kid = "a95e7d3a84b1d6ad7f2b3ce6b0c17d8e42f11c06";
  p.header = {{"alg", "RS256"}, {"kid", p.kid}, {"typ", "JWT"}};
  p.claims = claims();
  p.signer = &token::signing_key();
  p.keys = {token::jwk(token::signing_key().public_key(), p.kid),
            token::jwk(token::second_key().public_key(), p.second_kid)};
  p.flags = {"--nonce",  std::string(kNonce),
             "--expect", "image_digest=" + std::string(kDigest),
             "--expect", "aud=" + std::string(kAudience)};
  return p;
}

}  // namespace tee::mint::gcp
