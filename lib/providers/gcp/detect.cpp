// Google's Confidential Space: a container beside its launcher. A bare confidential machine of Google is found by the
// rooms of its processor.
#include "providers/gcp/detector.h"
#include "providers/shared/machine/facts.h"

namespace tee::gcp {

namespace {

using namespace machine;

constexpr std::string_view kSocket = "/run/container_launcher/teeserver.sock";
constexpr std::string_view kToken = "/run/container_launcher/attestation_verifier_claims_token";

std::vector<Finding> detect(const System& system) {
  Finding f = candidate("gcp_confidential", "guest", "none");
  if (dmi(system, "product_name") == "Google Compute Engine") add_hint(f, "/sys/class/dmi/id/product_name", "Google Compute Engine", false);
  if (is_socket(system, kSocket)) add_hint(f, std::string(kSocket), "socket", true);
  else if (system.exists(kSocket) == Presence::present) add_hint(f, std::string(kSocket), "not a socket", false);
  if (system.exists(kToken) == Presence::present) add_hint(f, std::string(kToken), "file", false);
  f.present = any_strong(f);
  if (f.present) {
    f.variant = "Confidential Space";
    f.attestation_class = "token-service";
    if (system.usable(kSocket) == Presence::present) add_capability(f, "attest");
    else f.problems.push_back({std::string(kSocket) + " may not be used by this user", "run the container's process as root"});
  } else if (system.exists(kToken) == Presence::present) {
    f.problems.push_back({"there is a token file, but no launcher: a file can be copied here from anywhere", ""});
  }
  return {std::move(f)};
}

}  // namespace

Detector detector() { return {"gcp", detect}; }

}  // namespace tee::gcp
