namespace AirHil.VirtualModem.Firmware.Libraries.Catalogue;

/// <content>
/// The names, in the order in which V1112 FULL opens its libraries and each library lists its entries. "name" is a
/// function, "name=number" a constant, "name=*" an address (a built-in font, <c>json.null</c>). Names and values are
/// facts of L: at the tag v1112.ec618.release with the switches of S:project/luatos/inc/luat_conf_bsp.h.
/// </content>
internal static partial class FunctionCatalogue
{
    private const string Names = """
        rtos: timer_start timer_stop receive reboot standy buildDate bsp version meminfo firmware setPaths nop
            autoCollectMem INF_TIMEOUT=-1 MSG_TIMER=1
        log: debug info warn error fatal setLevel getLevel style LOG_SILENT=7 LOG_DEBUG=1 LOG_INFO=2 LOG_WARN=3
            LOG_ERROR=4
        timer: mdelay udelay
        mobile: status imei imsi sn iccid number muid apn ipv6 csq rssi rsrq rsrp snr eci tac enbid flymode
            simid simPin rtime setAuto getCellInfo reqCellInfo reset dataTraffic config getBand setBand nstOnOff
            nstInput syncTime vsimInit vsimOnOff UNREGISTER=0 REGISTERED=1 SEARCH=2 DENIED=3 UNKNOW=4
            REGISTERED_ROAMING=5 SMS_ONLY_REGISTERED=6 SMS_ONLY_REGISTERED_ROAMING=7 EMERGENCY_REGISTERED=8
            CSFB_NOT_PREFERRED_REGISTERED=9 CSFB_NOT_PREFERRED_REGISTERED_ROAMING=10 CONF_RESELTOWEAKNCELL=1
            CONF_STATICCONFIG=2 CONF_QUALITYFIRST=3 CONF_USERDRXCYCLE=4 CONF_T3324MAXVALUE=5 CONF_PSM_MODE=6
            CONF_CE_MODE=7 CONF_SIM_WC_MODE=8 CONF_FAKE_CELL_BARTIME=9 CONF_RESET_TO_FACTORY=10
            CONF_USB_ETHERNET=11 PIN_VERIFY=0 PIN_CHANGE=1 PIN_ENABLE=2 PIN_DISABLE=3 PIN_UNBLOCK=4
        sms: send setNewSmsCb autoLong clearLong
        errDump: dump record config TYPE_SYS=0 TYPE_USR=1
        socket: create debug config linkup connect listen accept discon close tx rx read wait state release
            setDNS sslLog localIP remoteIP adapter sntp ntptm sntp_port ETH0=5 LWIP_ETH=4 LWIP_STA=2 LWIP_AP=3
            LWIP_GP=1 USB=6 LINK=33554448 ON_LINE=33554449 EVENT=33554452 TX_OK=33554450 CLOSED=33554451
        mqtt: create auth keepalive on connect autoreconn publish subscribe unsubscribe disconnect close ready
            will debug state STATE_DISCONNECT=0 STATE_SCONNECT=1 STATE_MQTT=2 STATE_READY=3
        websocket: create on connect autoreconn send close ready headers debug
        http: request
        ftp: login command pull push close debug
        w5500: init config bind getMac
        wlan: init scan scanResult
        uart: write read wait485 tx rx rxClear rxSize rx_size createSoft close on setup exist Odd=1 Even=2
            None=0 ODD=1 EVEN=2 NONE=0 LSB=0 MSB=1 VUART_0=32 ERROR_DROP=214 DEBUG=62
        gpio: setup set get close toggle debounce pulse setDefaultPull count caplevel NONE=255 LOW=0 HIGH=1
            OUTPUT=0 PULLUP=1 PULLDOWN=2 RISING=0 FALLING=1 BOTH=2 HIGH_IRQ=3 LOW_IRQ=4
        i2c: exist setup createSoft send recv transfer writeReg readReg close readDHT12 readSHT30 xfer scan
            HSMODE=3 PLUS=2 FAST=1 SLOW=0
        spi: setup createSoft close transfer recv send deviceSetup deviceTransfer deviceSend xfer MSB=1 LSB=0
            master=1 slave=0 full=1 half=0 SPI_0=0 SPI_1=1 SPI_2=2 SPI_3=3 SPI_4=4 HSPI_0=5
        adc: open setRange read get close ADC_RANGE_3_6=1 ADC_RANGE_1_8=0 ADC_RANGE_3_8=7 ADC_RANGE_1_2=0
            ADC_RANGE_MAX=14 CH_CPU=-1 CH_VBAT=-2 T1=16 T2=32
        pwm: open close capture
        wdt: init setTimeout feed close
        pm: request dtimerStart dtimerStop dtimerCheck dtimerList dtimerWkId force check lastReson shutdown
            reboot power ioVol wakeupPin NONE=0 IDLE=1 LIGHT=2 DEEP=3 HIB=4 USB=0 GPS=1 GPS_ANT=2 CAMERA=3
            DAC_EN=4 LDO_CTL=7 PWK_MODE=5 WORK_MODE=6 IOVOL_ALL_GPIO=0
        mcu: setClk getClk unique_id ticks hz reg32 x32 tick64 dtick64 setXTAL hardfault iomux ticks2
            XTALRefOutput UART=0 I2C=1 SPI=2 PWM=3 GPIO=4 I2S=5 LCD=6 CAM=7
        rtc: set get timerStart timerStop setBaseYear timezone
        otp: read write erase lock
        crypto: md5 sha1 sha256 sha512 hmac_md5 hmac_sha1 hmac_sha256 hmac_sha512 cipher cipher_encrypt
            cipher_decrypt cipher_list cipher_suites crc16 crc16_modbus crc32 crc8 crc7 trng totp base64_encode
            base64_decode md_file md checksum hash_init hash_update hash_finish
        json: encode decode null=*
        zbuff: create SEEK_SET=0 SEEK_CUR=1 SEEK_END=2 HEAP_AUTO=0 HEAP_SRAM=1 HEAP_PSRAM=2
        pack: pack unpack
        libgnss: parse isFix getIntLocation getRmc getGsv getGsa getVtg getGga getGll getZda locStr rtcAuto on
            debug clear bind getTxt casic_aid
        fs: fsstat fsize mkdir rmdir mkfs mount umount
        sensor: w1_reset w1_connect w1_write w1_read ds18b20 hx711 cs1237 ws2812b dht1x sc12a ws2812b_pwm
            ws2812b_spi
        sfud: init getDeviceNum getDevice getDeviceTable erase chipErase read write eraseWrite getInfo mount
        u8g2: begin init close ClearBuffer SendBuffer DrawUTF8 DrawButtonUTF8 SetFontMode SetFont
            GetDisplayHeight GetDisplayWidth SetDrawColor DrawPixel DrawLine DrawCircle DrawDisc DrawEllipse
            DrawFilledEllipse DrawBox DrawFrame DrawRBox DrawRFrame DrawGlyph DrawTriangle SetBitmapMode DrawXBM
            DrawDrcode SetContrast CopyBuffer SetPowerSave font_opposansm10=* font_opposansm12=*
            font_unifont_t_symbols=* font_open_iconic_weather_6x_t=* font_opposansm16=* font_opposansm18=*
            font_opposansm20=* font_opposansm22=* font_opposansm24=* font_opposansm32=* DRAW_UPPER_RIGHT=1
            DRAW_UPPER_LEFT=2 DRAW_LOWER_LEFT=4 DRAW_LOWER_RIGHT=8 DRAW_ALL=15 BTN_BW0=0 BTN_BW1=1 BTN_BW2=2
            BTN_BW3=3 BTN_SHADOW0=8 BTN_SHADOW1=16 BTN_SHADOW2=24 BTN_INV=32 BTN_HCENTER=64 BTN_XFRAME=128
        eink: async init setup sleep clear setWin getWin print show rect circle line setFont qrcode bat
            weather_icon model drawXbm draw setCtx MODEL_1in02d=1 MODEL_1in54=2 MODEL_1in54_V2=6 MODEL_1in54b=3
            MODEL_1in54b_V2=4 MODEL_1in54_V3=7 MODEL_1in54c=5 MODEL_1in54r=8 MODEL_2in13=9 MODEL_2in13bc=10
            MODEL_2in13d=12 MODEL_2in13_V2=13 MODEL_2in13b_V3=11 MODEL_2in66=14 MODEL_2in66b=15 MODEL_2in7=16
            MODEL_2in7b=17 MODEL_2in9=18 MODEL_2in9_V2=22 MODEL_2in9bc=19 MODEL_2in9b_V3=20 MODEL_2in9d=21
            MODEL_3in52=23 MODEL_3in7=24 MODEL_3in7_U=25 MODEL_4in2=26 MODEL_4in2_V2=27 MODEL_4in2bc=28
            MODEL_4in2b_V2=29 MODEL_5in65f=30 MODEL_5in83=31 MODEL_5in83bc=32 MODEL_5in83_V2=34
            MODEL_5in83b_V2=33 MODEL_7in5=35 MODEL_7in5_HD=39 MODEL_7in5_V2=40 MODEL_7in5bc=36 MODEL_7in5b_HD=37
            MODEL_7in5b_V2=38 font_opposansm12=* font_unifont_t_symbols=* font_open_iconic_weather_6x_t=*
            font_opposansm16=* font_opposansm18=* font_opposansm20=* font_opposansm22=* font_opposansm24=*
            font_opposansm32=*
        fatfs: init mount getfree debug unmount SPI=0 SDIO=1 RAM=2
        lcd: init clear fill drawPoint drawLine drawRectangle drawCircle drawQrcode drawStr flush setupBuff
            autoFlush setFont setDefault getDefault getSize drawXbm close on off sleep wakeup invon invoff cmd
            data setColor draw rgb565 showImage font_opposansm12=* font_unifont_t_symbols=*
            font_open_iconic_weather_6x_t=* font_opposansm16=* font_opposansm18=* font_opposansm20=*
            font_opposansm22=* font_opposansm24=* font_opposansm32=* set_direction direction_0=0 direction_90=1
            direction_180=2 direction_270=3 HWID_0=32 WIRE_3_BIT_9_INTERFACE_I=5 WIRE_4_BIT_8_INTERFACE_I=6
            WIRE_3_BIT_9_INTERFACE_II=13 WIRE_4_BIT_8_INTERFACE_II=14 DATA_2_LANE=16
        fskv: init set get del clr clear stat status iter next sett kvdb_init kv_set kv_get kv_del kv_clr
            kv_stat kv_iter kv_next
        fonts: get list load
        ir: sendNEC
        lora: init set_channel set_txconfig set_rxconfig send recv recive mode SLEEP=0 STANDBY=1
        miniz: compress uncompress WRITE_ZLIB_HEADER=4096 COMPUTE_ADLER32=8192 GREEDY_PARSING_FLAG=16384
            NONDETERMINISTIC_PARSING_FLAG=32768 RLE_MATCHES=65536 FILTER_MATCHES=131072
            FORCE_ALL_STATIC_BLOCKS=262144 FORCE_ALL_RAW_BLOCKS=524288 PARSE_ZLIB_HEADER=1 HAS_MORE_INPUT=2
            USING_NON_WRAPPING_OUTPUT_BUF=4
        protobuf: clear load encode decode
        iotauth: aliyun onenet iotda qcloud tuya baidu
        rsa: encrypt decrypt verify sign MD_MD5=3 MD_SHA1=4 MD_SHA224=5 MD_SHA256=6
        i2s: setup send recv close on txStat play pause stop MODE_I2S=0 MODE_LSB=1 MODE_MSB=2 MONO_L=0 MONO_R=1
            STEREO=2
        audio: start write pause stop on play playStop isEnd config vol micVol getError setBus debug pm RESUME=0
            STANDBY=1 SHUTDOWN=2 POWEROFF=3 PCM=1 MP3=2 WAV=3 AMR=4 AMR_NB=4 AMR_WB=5 MORE_DATA=2 DONE=3
            RECORD_DATA=7 RECORD_DONE=8 BUS_DAC=0 BUS_I2S=1 BUS_SOFT_DAC=2 VOLTAGE_1800=1 VOLTAGE_3300=0
        codec: create info data encode release MP3=2 WAV=3 AMR=4 AMR_WB=5
        hmeta: model hwver
        fota: init wait run isDone finish file
        bit64: to32 to64 plus minus multi pide shift show strtoll
        repl: print enable push
        """;
}
