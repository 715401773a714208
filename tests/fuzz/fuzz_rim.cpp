// Manifests: the XML reader and canonicaliser, and the manifest on top. The canonical form is a fixed point.
#include "codec/xml.h"
#include "providers/nvidia/rim.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto root = tee::xml::parse(text);
  if (root) {
    const std::string once = tee::xml::canonical(*root);
    const auto again = tee::xml::parse(once);
    // Attribute values keep their control characters as references, which the reader refuses: then there is no second form.
    if (again) FUZZ_REQUIRE(tee::xml::canonical(*again) == once);
  }
  (void)tee::nvidia::parse_rim(text);
  return 0;
}
