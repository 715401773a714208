// The verifiers that are built in, and every code of every room. Floor F4.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "evidence/provider.h"

namespace tee {

std::span<const Verifier> verifiers();
const Verifier* verifier_for(EvidenceType type);
bool provider_built(Provider p);
// The provider of a row; nullopt for a bare TPM quote, which any machine with a TPM can make.
std::optional<Provider> provider_of(const Verifier& room);

const std::vector<const Code*>& all_codes();        // sorted by name
const Code* code_named(std::string_view name);

}  // namespace tee
