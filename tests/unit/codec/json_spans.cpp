// Positions and exact bytes of values: what signed JSON and diagnostics rely on.
#include <doctest/doctest.h>

#include "codec/json.h"

using namespace tee;

namespace {

std::string_view slice(std::string_view text, const json::Located& located, const std::string& pointer) {
  const auto entry = located.spans.find(pointer);
  if (entry == located.spans.end()) return "absent";
  return text.substr(entry->second.begin, entry->second.end - entry->second.begin);
}

}  // namespace

TEST_CASE("a signed body is found with its exact bytes, whatever the white space") {
  const std::string_view text =
      "\r\n{ \"tcbInfo\" : {\"id\":\"TDX\", \"n\": [1 ,2e0],\"s\":\"\\u0041\\\"}\"} "
      ",\n\t\"signature\":\"00ff\" }\n";
  const json::Located located = json::parse_located(text, 1).value();
  CHECK(slice(text, located, "/tcbInfo") == "{\"id\":\"TDX\", \"n\": [1 ,2e0],\"s\":\"\\u0041\\\"}\"}");
  CHECK(slice(text, located, "/signature") == "\"00ff\"");
  CHECK(slice(text, located, "") == text.substr(2, text.size() - 3));
  CHECK(located.spans.size() == 3);
  CHECK(located.value["tcbInfo"]["s"] == "A\"}");
  CHECK(located.spans.at("/signature").at.line == 3);
  CHECK(located.spans.at("/signature").at.column == 14);
  CHECK(located.spans.at("").at.line == 2);
}

TEST_CASE("every kind of value has its span") {
  const std::string_view text =
      "{\"a\":[1,-2.5e3 , \"x\\n\",true],\n \"b~/\":{\"c\":null},\"\":false,\"e\":[],\"f\":{ }}";
  const json::Located all = json::parse_located(text, SIZE_MAX).value();
  CHECK(slice(text, all, "/a") == "[1,-2.5e3 , \"x\\n\",true]");
  CHECK(slice(text, all, "/a/0") == "1");
  CHECK(slice(text, all, "/a/1") == "-2.5e3");
  CHECK(slice(text, all, "/a/2") == "\"x\\n\"");
  CHECK(slice(text, all, "/a/3") == "true");
  CHECK(slice(text, all, "/b~0~1") == "{\"c\":null}");
  CHECK(slice(text, all, "/b~0~1/c") == "null");
  CHECK(slice(text, all, "/") == "false");
  CHECK(slice(text, all, "/e") == "[]");
  CHECK(slice(text, all, "/f") == "{ }");
  CHECK(slice(text, all, "") == text);
  CHECK(all.spans.size() == 11);
  CHECK(all.spans.at("/b~0~1/c").at.line == 2);
  CHECK(all.spans.at("/b~0~1/c").at.column == 13);
}

TEST_CASE("scalars alone, at the very end of the text") {
  for (std::string_view text : {"1", "-0", "12.5", "true", "null", "\"\"", "\"a,b]\"", "[]", "{}"}) {
    CAPTURE(text);
    for (const std::string& padded : {std::string(text), " " + std::string(text) + "\n"}) {
      const json::Located located = json::parse_located(padded, 0).value();
      CHECK(slice(padded, located, "") == text);
    }
  }
}

TEST_CASE("span depth counts levels below the root") {
  const std::string_view text = R"({"a":{"b":{"c":[{"d":1}]}}})";
  CHECK(json::parse_located(text, 0).value().spans.size() == 1);
  CHECK(json::parse_located(text, 1).value().spans.size() == 2);
  CHECK(json::parse_located(text, 3).value().spans.size() == 4);
  const json::Located all = json::parse_located(text, SIZE_MAX).value();
  CHECK(all.spans.size() == 6);
  CHECK(slice(text, all, "/a/b/c/0/d") == "1");
}

TEST_CASE("each span parses alone to the value at its pointer") {
  const std::string_view text =
      "[{\"k\":[ 0.5,\"\\\\\",{\"x\" :[]}], \"l\":[[[1,2],3] ,4]}, 5,\"]\" , {\"~\":{\"/\":-7}}]";
  const json::Located all = json::parse_located(text, SIZE_MAX).value();
  CHECK(all.spans.size() == 19);
  for (const auto& entry : all.spans) {
    const std::string& pointer = entry.first;
    const json::Span& span = entry.second;
    CAPTURE(pointer);
    const Json* value = json::at_pointer(all.value, pointer);
    REQUIRE(value != nullptr);
    CHECK(json::parse(text.substr(span.begin, span.end - span.begin)).value() == *value);
  }
}
