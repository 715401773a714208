// The JSON Schemas of our contracts (lib/evidence/schema/*.json, draft-07), embedded at build time. Floor F2.
#pragma once
#include <span>
#include <string_view>
namespace tee {
struct EmbeddedSchema {
  std::string_view name;  // "tee.result.1"
  std::string_view text;
};
std::span<const EmbeddedSchema> embedded_schemas();
}  // namespace tee
