print("nothing runs")
log.info("end", "of the script")
