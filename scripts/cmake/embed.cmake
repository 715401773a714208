# Writes OUT: tee::embedded_schemas(), a table of {file name without .json, text} for FILES.
set(text "#include \"evidence/schemas.h\"\nnamespace tee {\nstatic constexpr EmbeddedSchema kSchemas[] = {\n")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME_WLE)
  file(READ ${file} content)
  string(APPEND text "{\"${name}\", R\"~json~(${content})~json~\"},\n")
endforeach()
string(APPEND text "};\nstd::span<const EmbeddedSchema> embedded_schemas() { return kSchemas; }\n}\n")
file(WRITE ${OUT} "${text}")
