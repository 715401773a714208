#include "cli/emitter.h"

#include "base/encoding.h"

namespace tee::cli {

std::string raw_value(const Json& value) {
  return value.is_string() ? printable(value.get<std::string>(), std::string::npos) : json::dump(value);
}

Status Emitter::put(ByteView content) {
  if (show_.quiet && !show_.output) return {};
  if (!out_) {
    if (show_.output) {
      TEE_TRY(Output file, Output::file(*show_.output));
      out_.emplace(std::move(file));
    } else {
      out_.emplace(Output::standard());
    }
  }
  wrote_ = true;
  return out_->write(content);
}

std::string Emitter::render(const Json& value) {
  if (show_.pointer) {
    const Json* found = json::at_pointer(value, *show_.pointer);
    if (!found) pointer_missed_ = true;
    return found ? raw_value(*found) + "\n" : std::string();
  }
  const bool indented = layout_.value_or(show_.layout) == Layout::indented;
  return json::dump(value, indented ? json::Style::pretty : json::Style::compact) + "\n";
}

Status Emitter::text(std::string_view text) { return put(as_bytes(text)); }

Status Emitter::bytes(ByteView raw) { return put(raw); }

Status Emitter::finish() {
  if (!out_) return {};
  return out_->commit();
}

}  // namespace tee::cli
