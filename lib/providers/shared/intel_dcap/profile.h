// What every certificate of Intel's PKI has in common. Floor F3.
//
// Intel SGX PCK Certificate and CRL Profile Specification, sections 1.3.1 to 1.3.5.
#pragma once

#include <string>

#include "crypto/path.h"

namespace tee::intel {

// ECDSA with SHA-256 only; the certificate at the bottom signs data.
crypto::PathRules path_rules();

// What the profile demands beyond a valid path: P-256, and the five extensions. Empty when all is there.
std::string profile_problem(const crypto::Certificate& certificate);

}  // namespace tee::intel
